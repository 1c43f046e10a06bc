package io.eventpipeline.consumer.deadletters.triage;

import io.eventpipeline.consumer.store.DatabaseReads;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows dead letters by topic, component, cause and message, the largest group first. What lay in
 * the topics when it was asked is in the answer, if it could be read in time.
 */
@RestController
final class DeadLettersController {

    /** Both together stay below what a caller waits for. */
    private static final Duration TIME_FOR_NEWEST = Duration.ofSeconds(2);

    private static final Duration TIME_FOR_SAMPLES = Duration.ofSeconds(3);
    private static final long MOST_SAMPLE_BYTES = 16L * 1024 * 1024;

    /** PostgreSQL has no U+0000 in texts. */
    private static final String STORABLE = "[^\\x00]*";

    private static final Logger log = LoggerFactory.getLogger(DeadLettersController.class);

    private final LetterRepository letters;
    private final LetterReader reader;
    private final DeadLetterIndexer indexer;
    private final DatabaseReads reads;

    DeadLettersController(
            LetterRepository letters,
            LetterReader reader,
            DeadLetterIndexer indexer,
            DatabaseReads reads) {
        this.letters = letters;
        this.reader = reader;
        this.indexer = indexer;
        this.reads = reads;
    }

    @GetMapping("/dead-letters")
    List<LetterGroup> list(
            @RequestParam(required = false) @Nullable @Pattern(regexp = STORABLE) String group,
            @RequestParam(required = false) @Nullable @Pattern(regexp = STORABLE) String topic,
            @RequestParam(required = false) @Nullable @Pattern(regexp = STORABLE) String component,
            @RequestParam(required = false) @Nullable @Pattern(regexp = STORABLE) String cause,
            @RequestParam(required = false) @Nullable @Pattern(regexp = STORABLE) String message,
            @RequestParam(defaultValue = "open") LetterState state,
            @RequestParam(defaultValue = "1") @Min(0) @Max(100) int samples,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        indexer.awaitCaughtUp(TIME_FOR_NEWEST);
        LetterFilter filter = new LetterFilter(group, topic, component, cause, message);
        List<LetterGroup> groups = reads.read(() -> letters.findGroups(filter, state, limit));
        if (samples == 0 || groups.isEmpty()) {
            return groups;
        }
        Map<String, List<LetterSample>> shown =
                samples(
                        reads.read(() ->
                                letters.findLatest(
                                        groups.stream().map(LetterGroup::id).toList(),
                                        state,
                                        samples)));
        return groups.stream()
                .map(found -> found.with(shown.getOrDefault(found.id(), List.of())))
                .toList();
    }

    private Map<String, List<LetterSample>> samples(List<LetterRow> rows) {
        List<LetterPosition> wanted = new ArrayList<>();
        long bytes = 0;
        for (LetterRow row : rows) {
            bytes += row.bytes();
            if (bytes <= MOST_SAMPLE_BYTES) {
                wanted.add(row.letter());
            }
        }
        LetterReader.Letters read = read(wanted);
        return rows.stream()
                .collect(
                        Collectors.groupingBy(
                                LetterRow::groupId,
                                Collectors.mapping(
                                        row -> LetterSample.of(row, read.found().get(row.letter())),
                                        Collectors.toList())));
    }

    /** Groups are of use without samples too. */
    private LetterReader.Letters read(List<LetterPosition> wanted) {
        try {
            return reader.read(wanted, TIME_FOR_SAMPLES);
        } catch (KafkaException e) {
            log.warn("Samples of dead letters could not be read: {}", e.getMessage());
            return new LetterReader.Letters(Map.of(), Set.of());
        }
    }
}
