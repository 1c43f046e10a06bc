package io.eventpipeline.benchmarks.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.benchmarks.consuming.EventSender;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.PageViewed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Views of a thousand pages, counted in tumbling windows alone. */
public final class TumblingWorkload implements Workload {

    private static final int PAGES = 1_000;
    private static final int VISITORS = 100_000;
    private static final long SIZE = Duration.ofMinutes(5).toMillis();

    private final Random random = new Random(1);
    private int paces;

    /** A site. */
    public TumblingWorkload() {}

    @Override
    public String name() {
        return "tumbling counts";
    }

    @Override
    public List<String> serviceSettings() {
        return List.of(
                "pipeline.streams.topologies.enabled=page-counts",
                "pipeline.streams.pages.kinds=tumbling");
    }

    @Override
    public PipelineTopic input() {
        return PipelineTopic.PAGE_VIEWED;
    }

    @Override
    public List<PipelineTopic> tables() {
        return List.of();
    }

    @Override
    public PipelineTopic output() {
        return PipelineTopic.PAGE_COUNTS;
    }

    @Override
    public BareTopology bare() {
        return BareTopology.TUMBLING;
    }

    @Override
    public void prepare(String bootstrapServers) {
        // Counting needs nothing.
    }

    @Override
    public void fill(String bootstrapServers, int count) {
        try (EventSender sender = new EventSender(bootstrapServers)) {
            for (int i = 0; i < count; i++) {
                PageViewed view =
                        view("/filled/" + random.nextInt(PAGES), Instant.now(), random.nextInt());
                sender.send(
                        input(),
                        null,
                        view,
                        view.visitor() + i,
                        view.viewedAt(),
                        EventJson.write(view));
            }
        }
    }

    private static PageViewed view(String page, Instant at, int visitor) {
        return new PageViewed(page, "visitor-" + Math.floorMod(visitor, VISITORS), at);
    }

    /** The highest count of each page and window. */
    @Override
    public Tally tally() {
        Map<String, Long> counts = new HashMap<>();
        return new Tally() {
            @Override
            public void add(ConsumerRecord<byte[], byte[]> result) {
                counts.merge(
                        new String(result.key(), UTF_8),
                        EventJson.read(result.value(), PageCount.class).count(),
                        Math::max);
            }

            @Override
            public long events() {
                return counts.values().stream().mapToLong(Long::longValue).sum();
            }
        };
    }

    @Override
    public String door() {
        return "/page-views";
    }

    /** The nth view of a page in a window is in the first count that is not less than n. */
    @Override
    public PacedEvents paced(int count, Instant begin, int perSecond) {
        paces++;
        List<byte[]> bodies = new ArrayList<>();
        Map<String, List<Integer>> views = new HashMap<>();
        Map<String, Integer> counted = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String page = "/paced-" + paces + "/" + i % PAGES;
            Instant at = begin.plusNanos(i * 1_000_000_000L / perSecond);
            bodies.add(EventJson.write(view(page, at, i)));
            views.computeIfAbsent(window(page, at), _ -> new ArrayList<>()).add(i);
        }
        return new PacedEvents() {
            @Override
            public byte[] body(int number) {
                return bodies.get(number);
            }

            @Override
            public List<Integer> newlyIn(ConsumerRecord<byte[], byte[]> result) {
                PageCount told = EventJson.read(result.value(), PageCount.class);
                String window = window(told.page(), told.from());
                List<Integer> all = views.getOrDefault(window, List.of());
                int before = counted.getOrDefault(window, 0);
                int now = Math.min(all.size(), (int) told.count());
                if (now <= before) {
                    return List.of();
                }
                counted.put(window, now);
                return all.subList(before, now);
            }
        };
    }

    private static String window(String page, Instant at) {
        return page + "|" + at.toEpochMilli() / SIZE;
    }
}
