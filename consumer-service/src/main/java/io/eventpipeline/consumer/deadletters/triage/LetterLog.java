package io.eventpipeline.consumer.deadletters.triage;

import io.eventpipeline.consumer.partitions.LogBounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The dead-letter topics as one stream, read from the stored positions on. Confined to one thread.
 */
final class LetterLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Uuid> topicIds = new HashMap<>();
    private final Map<TopicPartition, Long> stored = new HashMap<>();
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    /**
     * Opens it.
     *
     * @param bounds of all partitions
     * @param positions the stored ones by topic id and partition
     */
    LetterLog(
            LetterConsumers consumers,
            Map<TopicPartition, LogBounds> bounds,
            Map<Uuid, Map<Integer, Long>> positions) {
        consumer = consumers.create("dead-letter-index");
        consumer.assign(bounds.keySet());
        bounds.forEach((partition, log) -> {
            topicIds.put(partition, log.topicId());
            long position =
                    positions
                            .getOrDefault(log.topicId(), Map.of())
                            .getOrDefault(partition.partition(), 0L);
            stored.put(partition, position);
            // A letter that retention removes meanwhile makes the consumer go on from the earliest.
            consumer.seek(partition, log.contains(position) ? position : log.beginning());
        });
    }

    /**
     * Waits a moment for letters and stores them.
     *
     * @return whether there were any
     * @throws org.springframework.dao.OptimisticLockingFailureException if another instance was
     *     quicker; then this one must be closed
     */
    boolean readInto(DeadLetterIndex index) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        List<IndexMove> moves = new ArrayList<>();
        List<IndexedLetter> letters = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            Uuid topicId = topicIds.getOrDefault(partition, Uuid.ZERO_UUID);
            List<ConsumerRecord<byte[], byte[]>> own = records.records(partition);
            own.forEach(letter -> letters.add(IndexedLetter.of(topicId, letter)));
            moves.add(
                    new IndexMove(
                            partition,
                            topicId,
                            stored.getOrDefault(partition, 0L),
                            own.getLast().offset() + 1));
        }
        if (!letters.isEmpty()) {
            index.store(moves, letters);
            moves.forEach(move -> stored.put(move.partition(), move.to()));
        }
        for (TopicPartition partition : topicIds.keySet()) {
            try {
                reached.put(partition, consumer.position(partition, Duration.ZERO));
            } catch (TimeoutException e) {
                // Asked again after the next poll.
                reached.remove(partition);
            }
        }
        return !letters.isEmpty();
    }

    /** The positions behind everything that is in the index. */
    Map<TopicPartition, Long> reached() {
        return Map.copyOf(reached);
    }

    /** Whether these are still the partitions and topics that are read. */
    boolean covers(Map<TopicPartition, LogBounds> bounds) {
        return bounds.entrySet().stream()
                        .allMatch(
                                log -> log.getValue().topicId().equals(topicIds.get(log.getKey())))
                && Set.copyOf(topicIds.keySet()).equals(bounds.keySet());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
