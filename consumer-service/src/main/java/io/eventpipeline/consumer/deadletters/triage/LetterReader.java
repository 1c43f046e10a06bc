package io.eventpipeline.consumer.deadletters.triage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Reads letters by their positions. Callers choose how many, and so how much memory it takes; no
 * more than a few read at once. Thread-safe.
 */
@Component
public final class LetterReader {

    private static final int CONCURRENT_READS = 3;
    private static final Duration POLL = Duration.ofMillis(200);

    /** Up to here reading on is cheaper than another fetch. */
    private static final long NEAR = 500;

    private final LetterConsumers consumers;
    private final Semaphore permits = new Semaphore(CONCURRENT_READS);

    LetterReader(LetterConsumers consumers) {
        this.consumers = consumers;
    }

    /**
     * Letters that were looked for.
     *
     * @param found those that are there
     * @param gone those that are not there any more; neither here nor there are those that were not
     *     read in time
     */
    public record Letters(
            Map<LetterPosition, ConsumerRecord<byte[], byte[]>> found, Set<LetterPosition> gone) {}

    /**
     * Reads letters.
     *
     * @param patience how long at most
     * @throws org.apache.kafka.common.KafkaException if the brokers cannot be asked
     */
    public Letters read(Collection<LetterPosition> positions, Duration patience) {
        Reading reading = new Reading(positions);
        long deadline = System.nanoTime() + patience.toNanos();
        if (positions.isEmpty() || !acquire(patience)) {
            return reading.result();
        }
        try {
            Consumer<byte[], byte[]> consumer = consumers.create("dead-letters");
            try {
                reading.begin(consumer);
                while (reading.isOpen() && System.nanoTime() < deadline) {
                    reading.readOn(consumer);
                }
            } finally {
                consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
            }
        } finally {
            permits.release();
        }
        return reading.result();
    }

    private boolean acquire(Duration patience) {
        try {
            return permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One call. */
    private static final class Reading {

        private final Map<TopicPartition, Deque<LetterPosition>> wanted = new HashMap<>();
        private final Set<LetterPosition> asked;
        private final Map<LetterPosition, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
        private final Set<LetterPosition> gone = new HashSet<>();

        Reading(Collection<LetterPosition> positions) {
            asked = Set.copyOf(positions);
            asked.stream()
                    .sorted(Comparator.comparingLong(LetterPosition::offset))
                    .forEach(position ->
                            wanted.computeIfAbsent(
                                            position.topicPartition(), any -> new ArrayDeque<>())
                                    .add(position));
        }

        void begin(Consumer<?, ?> consumer) {
            consumer.assign(wanted.keySet());
            wanted.forEach(
                    (partition, letters) -> consumer.seek(partition, letters.getFirst().offset()));
        }

        boolean isOpen() {
            return !wanted.isEmpty();
        }

        void readOn(Consumer<byte[], byte[]> consumer) {
            consumer.poll(POLL).forEach(this::take);
            for (TopicPartition partition : List.copyOf(wanted.keySet())) {
                passUpTo(partition, position(consumer, partition), consumer);
            }
        }

        Letters result() {
            return new Letters(Map.copyOf(found), Set.copyOf(gone));
        }

        private void take(ConsumerRecord<byte[], byte[]> letter) {
            LetterPosition position =
                    new LetterPosition(letter.topic(), letter.partition(), letter.offset());
            if (asked.contains(position)) {
                found.put(position, letter);
            }
        }

        private void passUpTo(TopicPartition partition, long reached, Consumer<?, ?> consumer) {
            if (reached < 0) {
                return;
            }
            Deque<LetterPosition> letters = wanted.getOrDefault(partition, new ArrayDeque<>());
            while (!letters.isEmpty() && letters.getFirst().offset() < reached) {
                LetterPosition passed = letters.removeFirst();
                if (!found.containsKey(passed)) {
                    gone.add(passed);
                }
            }
            if (letters.isEmpty()) {
                wanted.remove(partition);
                consumer.pause(Set.of(partition));
            } else if (letters.getFirst().offset() > reached + NEAR) {
                consumer.seek(partition, letters.getFirst().offset());
            }
        }

        private static long position(Consumer<?, ?> consumer, TopicPartition partition) {
            try {
                return consumer.position(partition, Duration.ZERO);
            } catch (TimeoutException e) {
                return -1;
            }
        }
    }
}
