package io.eventpipeline.systemtests.kills;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.systemtests.kills.PageLog.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How often was a page seen in one window? A session is found by what it covers: it may have grown
 * since.
 *
 * @param page whose
 * @param window one that was seen in the output
 */
record CountsQuestion(PageLog page, Seen window) implements Question {

    /** No session is so long. */
    private static final Duration DAY = Duration.ofDays(1);

    private record Told(long from, long to, long count, boolean isFinal) {}

    @Override
    public Place place() {
        return new Place(PipelineTopic.PAGE_VIEWED, page.partition());
    }

    @Override
    public String path() {
        Instant to = window.window().from();
        Instant from = kind() == WindowKind.SESSION ? to.minus(DAY) : to;
        return "/pages/%s/counts?window=%s&from=%s&to=%s"
                .formatted(page.page(), kind().wireName(), from, to);
    }

    private WindowKind kind() {
        return window.window().kind();
    }

    @Override
    public @Nullable String wrong(Reply reply) {
        List<Told> told = new ArrayList<>();
        if (!reply.isNotFound()) {
            for (JsonNode each : EventJson.mapper().readTree(reply.body())) {
                Told one =
                        new Told(
                                moment(each, "from"),
                                moment(each, "to"),
                                each.required("count").longValue(),
                                each.required("final").booleanValue());
                if (one.from() <= window.to() && one.to() >= window.from()) {
                    told.add(one);
                }
            }
        }
        long count = told.stream().mapToLong(Told::count).sum();
        String older = Question.older(reply, count, least(reply), most(told, reply));
        if (older != null) {
            return older;
        }
        long seen = window.count().at(reply.processedBy());
        if (seen > 0 && told.stream().noneMatch(one -> covers(one) && one.count() >= seen)) {
            return "no window covers one that was seen with %d: %s".formatted(seen, told);
        }
        boolean wasFinal = window.isFinal().at(reply.processedBy()) > 0;
        return wasFinal && !reply.isByStandby() && told.stream().noneMatch(Told::isFinal)
                ? "not final, but its final count was seen"
                : null;
    }

    private static long moment(JsonNode window, String field) {
        return Instant.parse(window.required(field).stringValue()).toEpochMilli();
    }

    private boolean covers(Told one) {
        return one.from() <= window.from() && one.to() >= window.to();
    }

    /** A sliding window is only there when the view that it begins or ends with is. */
    private long least(Reply reply) {
        long seen = window.count().at(reply.processedBy());
        Long storedBy = reply.storedBy();
        return storedBy == null || !wasThere(storedBy)
                ? seen
                : Math.max(seen, page.countStored(window.from(), window.last(), storedBy));
    }

    private boolean wasThere(long moment) {
        long before = window.from() - 1;
        return kind() != WindowKind.SLIDING
                || page.countStored(window.to(), window.to(), moment) > 0
                || page.countStored(before, before, moment) > 0;
    }

    /** Sessions that touch it hold other views as well. */
    private long most(List<Told> told, Reply reply) {
        long from = window.from();
        long last = window.last();
        if (kind() == WindowKind.SESSION) {
            for (Told one : told) {
                from = Math.min(from, one.from());
                last = Math.max(last, one.to());
            }
        }
        return page.countSent(from, last, reply.received());
    }
}
