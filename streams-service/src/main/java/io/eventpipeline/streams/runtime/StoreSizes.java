package io.eventpipeline.streams.runtime;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** What the stores of a client hold, as RocksDB estimates it in the client's metrics. */
final class StoreSizes {

    private static final String GROUP = "stream-state-metrics";
    private static final String KEYS = "estimate-num-keys";
    private static final String BYTES = "total-sst-files-size";
    private static final String TASK = "task-id";
    private static final String STORE_SUFFIX = "-state-id";

    private StoreSizes() {}

    /**
     * One task's part of a store.
     *
     * @param store its name
     * @param task sub-topology and partition; of a global table {@code -1_0}
     * @param keys how many there are, by RocksDB's estimate: it may count overwritten ones twice
     * @param bytes in its files; what was written last is still in memory
     */
    record StoreSize(String store, String task, long keys, long bytes) {}

    private record Place(String store, String task) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byStore = store.compareTo(other.store);
            return byStore == 0 ? task.compareTo(other.task) : byStore;
        }
    }

    /** The sizes by store and task, active ones and standbys. */
    static List<StoreSize> of(KafkaStreams client) {
        Map<Place, StoreSize> sizes = new TreeMap<>();
        client.metrics().forEach((name, metric) -> add(sizes, name, metric));
        return List.copyOf(sizes.values());
    }

    private static void add(Map<Place, StoreSize> sizes, MetricName name, Metric metric) {
        boolean keys = name.name().equals(KEYS);
        if (!name.group().equals(GROUP) || !(keys || name.name().equals(BYTES))) {
            return;
        }
        long value = number(metric.metricValue());
        name.tags().entrySet().stream()
                .filter(tag -> tag.getKey().endsWith(STORE_SUFFIX))
                .findFirst()
                .ifPresent(tag -> {
                    String task = name.tags().getOrDefault(TASK, "");
                    sizes.merge(
                            new Place(tag.getValue(), task),
                            new StoreSize(tag.getValue(), task, keys ? value : 0, keys ? 0 : value),
                            (one, other) ->
                                    new StoreSize(
                                            one.store(),
                                            one.task(),
                                            one.keys() + other.keys(),
                                            one.bytes() + other.bytes()));
                });
    }

    private static long number(Object value) {
        return switch (value) {
            case BigInteger big -> big.longValue();
            case Number number -> number.longValue();
            default -> 0;
        };
    }
}
