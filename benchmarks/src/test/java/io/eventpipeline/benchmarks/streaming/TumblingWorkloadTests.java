package io.eventpipeline.benchmarks.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.PageViewed;
import io.eventpipeline.model.web.WindowKind;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TumblingWorkloadTests {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    /** A thousand pages in turn: event 7 is the first view of its page, event 1007 the second. */
    @Test
    void findsEachViewInTheFirstCountThatHasIt() {
        Workload.PacedEvents events = new TumblingWorkload().paced(3_000, BEGIN, 1_000);
        String page = EventJson.read(events.body(7), PageViewed.class).page();

        assertThat(events.newlyIn(count(page, 1))).containsExactly(7);
        assertThat(events.newlyIn(count(page, 1))).isEmpty();
        assertThat(events.newlyIn(count(page, 3))).containsExactly(1_007, 2_007);
    }

    @Test
    void knowsNothingOfOtherPages() {
        Workload.PacedEvents events = new TumblingWorkload().paced(1_000, BEGIN, 1_000);

        assertThat(events.newlyIn(count("/other", 5))).isEmpty();
    }

    @Test
    void addsUpTheHighestCountOfEachPage() {
        Workload.Tally tally = new TumblingWorkload().tally();

        tally.add(count("/a", 1));
        tally.add(count("/a", 4));
        tally.add(count("/b", 2));

        assertThat(tally.events()).isEqualTo(6);
    }

    private static ConsumerRecord<byte[], byte[]> count(String page, long views) {
        PageCount count =
                new PageCount(
                        page, WindowKind.TUMBLING, BEGIN, BEGIN.plusSeconds(300), views, false);
        return new ConsumerRecord<>(
                "counts", 0, 0, count.key().getBytes(UTF_8), EventJson.write(count));
    }
}
