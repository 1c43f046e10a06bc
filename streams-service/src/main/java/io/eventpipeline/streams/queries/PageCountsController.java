package io.eventpipeline.streams.queries;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.pages.PageCountsProperties;
import io.eventpipeline.streams.pages.PageCountsTopology;
import io.eventpipeline.streams.queries.KeyQuestion.Before;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Window;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.query.WindowKeyQuery;
import org.apache.kafka.streams.query.WindowRangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /pages/{page}/counts?window=&from=&to=}: how often a page was seen in the windows of
 * one kind that begin in a range of time, in the order of their beginning. A page with slashes is
 * one part of the path, percent-encoded.
 */
@RestController
class PageCountsController {

    /** Sliding windows are as many as views. */
    private static final int MOST_WINDOWS = 10_000;

    private final KeyAnswers answers;
    private final PageCountsProperties settings;
    private final InstantSource clock = InstantSource.system();

    PageCountsController(KeyAnswers answers, PageCountsProperties settings) {
        this.answers = answers;
        this.settings = settings;
    }

    /**
     * One window.
     *
     * @param from its beginning, inclusive
     * @param to its end, exclusive for tumbling and hopping windows
     * @param count views so far
     * @param isFinal whether the count cannot change any more
     */
    record Count(Instant from, Instant to, long count, @JsonProperty("final") boolean isFinal) {}

    @GetMapping("/pages/{page}/counts")
    ResponseEntity<byte[]> counts(
            @PathVariable String page,
            @RequestParam(defaultValue = "tumbling") String window,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletRequest request) {
        WindowKind kind = kind(window);
        TimeRange range = TimeRange.of(from, to, clock.instant());
        KeyQuestion<?, List<Count>> question =
                kind == WindowKind.SESSION
                        ? sessions(page, range.from(), range.to())
                        : windows(page, kind, range.from(), range.to(), settings.size());
        return answers.answer(request, question, List::of);
    }

    private static KeyQuestion<WindowStoreIterator<ValueAndTimestamp<Long>>, List<Count>> windows(
            String page, WindowKind kind, Instant from, Instant to, Duration size) {
        return new KeyQuestion<>(
                PageCountsTopology.store(kind),
                PipelineTopic.PAGE_VIEWED,
                page,
                WindowKeyQuery.withKeyAndWindowStartRange(page, from, to),
                closed(kind),
                (found, closed) -> {
                    long closedEnd = closedEnd(closed);
                    List<Count> counts = new ArrayList<>();
                    if (found != null) {
                        try (found) {
                            while (found.hasNext() && counts.size() < MOST_WINDOWS) {
                                KeyValue<Long, ValueAndTimestamp<Long>> next = found.next();
                                long end = next.key + size.toMillis();
                                counts.add(
                                        new Count(
                                                Instant.ofEpochMilli(next.key),
                                                Instant.ofEpochMilli(end),
                                                next.value.value(),
                                                end <= closedEnd));
                            }
                        }
                    }
                    return counts.isEmpty() ? null : counts;
                });
    }

    private static KeyQuestion<KeyValueIterator<Windowed<String>, Long>, List<Count>> sessions(
            String page, Instant from, Instant to) {
        return new KeyQuestion<>(
                PageCountsTopology.store(WindowKind.SESSION),
                PipelineTopic.PAGE_VIEWED,
                page,
                WindowRangeQuery.withKey(page),
                closed(WindowKind.SESSION),
                (found, closed) -> {
                    long closedEnd = closedEnd(closed);
                    List<Count> counts = new ArrayList<>();
                    if (found != null) {
                        try (found) {
                            while (found.hasNext() && counts.size() < MOST_WINDOWS) {
                                KeyValue<Windowed<String>, Long> next = found.next();
                                Window window = next.key.window();
                                if (!window.startTime().isBefore(from)
                                        && !window.startTime().isAfter(to)) {
                                    counts.add(
                                            new Count(
                                                    window.startTime(),
                                                    window.endTime(),
                                                    next.value,
                                                    window.end() <= closedEnd));
                                }
                            }
                        }
                    }
                    return counts.isEmpty() ? null : counts;
                });
    }

    /** Looked at first: a count that is read after its window was closed is the final one. */
    private static Before closed(WindowKind kind) {
        return new Before(PageCountsTopology.CLOSED_STORE, kind.wireName());
    }

    private static long closedEnd(@Nullable Object closed) {
        return closed instanceof Long end ? end : -1;
    }

    private static WindowKind kind(String window) {
        return Arrays.stream(WindowKind.values())
                .filter(kind -> kind.wireName().equals(window))
                .findFirst()
                .orElseThrow(() ->
                        ProblemType.INVALID_PARAMETER.exception(
                                "window must be one of "
                                        + Arrays.stream(WindowKind.values())
                                                .map(WindowKind::wireName)
                                                .collect(Collectors.joining(", "))));
    }
}
