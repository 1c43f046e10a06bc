package io.eventpipeline.consumer.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The tail's memory is bounded, and the newest are kept. */
class RecentRecordsTests {

    @Test
    void keepsTheNewestWithinTheNumber() {
        RecentRecords recent = new RecentRecords(2, 1_000);
        add(recent, "a", "b", "c");

        assertThat(newest(recent, 10)).containsExactly("c", "b");
        assertThat(newest(recent, 1)).containsExactly("c");
    }

    @Test
    void keepsTheNewestWithinTheBytes() {
        RecentRecords recent = new RecentRecords(100, 6);
        add(recent, "aaa", "bbb", "cc", "far too long");

        assertThat(newest(recent, 10)).containsExactly("cc", "bbb");
    }

    private static void add(RecentRecords recent, String... lines) {
        for (String line : lines) {
            recent.add(line.getBytes(UTF_8));
        }
    }

    private static List<String> newest(RecentRecords recent, int limit) {
        return recent.newest(limit).stream().map(line -> new String(line, UTF_8)).toList();
    }
}
