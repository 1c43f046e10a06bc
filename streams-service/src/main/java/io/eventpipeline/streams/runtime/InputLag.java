package io.eventpipeline.streams.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far the application is behind in the partitions that it reads. Thread-safe. */
final class InputLag {

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Admin admin;
    private final String group;

    InputLag(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * One input partition.
     *
     * @param committed the offset up to which it is processed; absent before the first commit
     * @param end the last stable offset; absent if Kafka did not say in time
     * @param lag how many offsets are between; of a partition without commit all that are there
     */
    record Input(
            String topic,
            int partition,
            @Nullable Long committed,
            @Nullable Long end,
            @Nullable Long lag) {}

    /** Looks at partitions; without the figures that Kafka does not tell within two seconds. */
    List<Input> of(Collection<TopicPartition> partitions) {
        Set<TopicPartition> wanted = Set.copyOf(partitions);
        Map<TopicPartition, Long> committed = Map.of();
        Map<TopicPartition, Long> ends = Map.of();
        Map<TopicPartition, Long> beginnings = Map.of();
        if (!wanted.isEmpty()) {
            try {
                // Asked at once, so that the bound is one for all.
                var offsets = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata();
                var latest = list(wanted, OffsetSpec.latest());
                var earliest = list(wanted, OffsetSpec.earliest());
                long deadline = System.nanoTime() + ANSWER.toNanos();
                ends = get(latest, deadline);
                beginnings = get(earliest, deadline);
                committed = known(get(offsets, deadline));
            } catch (ExecutionException | TimeoutException e) {
                // What is not known is left out; health says whether Kafka is there.
                ends = Map.of();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return describe(wanted, committed, ends, beginnings);
    }

    private static List<Input> describe(
            Set<TopicPartition> partitions,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, Long> beginnings) {
        return partitions.stream()
                .map(partition -> {
                    Long done = committed.get(partition);
                    Long end = ends.get(partition);
                    Long from = done == null ? beginnings.get(partition) : done;
                    return new Input(
                            partition.topic(),
                            partition.partition(),
                            done,
                            end,
                            end == null || from == null ? null : Math.max(0, end - from));
                })
                .sorted(Comparator.comparing(Input::topic).thenComparingInt(Input::partition))
                .toList();
    }

    private KafkaFuture<Map<TopicPartition, Long>> list(
            Set<TopicPartition> partitions, OffsetSpec which) {
        return admin.listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(Function.identity(), _ -> which)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .thenApply(found ->
                        found.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                each -> each.getValue().offset())));
    }

    private static Map<TopicPartition, Long> known(
            Map<TopicPartition, OffsetAndMetadata> committed) {
        return committed.entrySet().stream()
                .filter(each -> Objects.nonNull(each.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> answer, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
