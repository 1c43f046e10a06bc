package io.eventpipeline.standalone.checking;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of a topic, as it was when reading began, committed records only. Belongs to
 * no group and commits nothing. A broker that is away is waited for, but not without bound. A
 * reader that would have to skip records fails instead, because what it skips would look lost.
 */
public final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CALL = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final String topic;
    private final Duration patience;

    /**
     * Creates a reader.
     *
     * @param bootstrapServers the brokers
     * @param topic what to read
     * @param patience how long nothing may come before it gives up
     */
    public TopicReader(String bootstrapServers, String topic, Duration patience) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.patience = patience;
    }

    /**
     * Reads.
     *
     * @param since leaves out what is older; null for nothing
     * @param told hears of each record, in the order of its partition
     * @throws ReadingException if the end cannot be reached
     */
    void read(@Nullable Instant since, Consumer<StoredRecord> told) throws ReadingException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = patiently(() -> partitions(consumer));
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = patiently(() -> consumer.endOffsets(partitions, CALL));
            Map<TopicPartition, Long> starts =
                    patiently(() -> starts(consumer, partitions, since, ends));
            starts.forEach(consumer::seek);
            poll(consumer, starts, ends, told);
        } catch (InvalidOffsetException e) {
            throw new ReadingException(
                    "records of %s were deleted while they were read: %s"
                            .formatted(topic, e.getMessage()),
                    e);
        } catch (KafkaException e) {
            throw new ReadingException("reading %s failed: %s".formatted(topic, e.getMessage()), e);
        }
    }

    private void poll(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            Consumer<StoredRecord> told)
            throws ReadingException {
        Map<TopicPartition, Long> positions = new HashMap<>(starts);
        long heard = System.nanoTime();
        while (true) {
            List<TopicPartition> unread =
                    ends.keySet().stream()
                            .filter(partition -> at(positions, partition) < at(ends, partition))
                            .toList();
            if (unread.isEmpty()) {
                return;
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < at(ends, new TopicPartition(topic, record.partition()))) {
                    told.accept(StoredRecord.of(record));
                }
            }
            // Not the last record's offset: markers of transactions have offsets too.
            for (TopicPartition partition : unread) {
                long position = consumer.position(partition, CALL);
                if (position > at(positions, partition)) {
                    heard = System.nanoTime();
                }
                positions.put(partition, position);
                if (position >= at(ends, partition)) {
                    consumer.pause(List.of(partition));
                }
            }
            if (System.nanoTime() - heard > patience.toNanos()) {
                throw new ReadingException(
                        "nothing came for %d s; not read to the end: %s"
                                .formatted(patience.toSeconds(), unread),
                        null);
            }
        }
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    private @Nullable List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<PartitionInfo> found = consumer.partitionsFor(topic, CALL);
        return found == null || found.isEmpty()
                ? null
                : found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    }

    private static Map<TopicPartition, Long> starts(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            @Nullable Instant since,
            Map<TopicPartition, Long> ends) {
        if (since == null) {
            return consumer.beginningOffsets(partitions, CALL);
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(times, CALL).entrySet()) {
            Optional.ofNullable(found.getValue())
                    .ifPresent(offset -> starts.put(found.getKey(), offset.offset()));
        }
        return starts;
    }

    /** Asks until there is an answer. */
    private <T> T patiently(Supplier<@Nullable T> question) throws ReadingException {
        long began = System.nanoTime();
        KafkaException last = null;
        do {
            try {
                T answer = question.get();
                if (answer != null) {
                    return answer;
                }
                pause();
            } catch (RetriableException e) {
                last = e;
                pause();
            }
        } while (System.nanoTime() - began < patience.toNanos());
        throw new ReadingException(
                "Kafka at %s does not know the topic %s, or does not answer"
                        .formatted(bootstrapServers, topic),
                last);
    }

    private static void pause() throws ReadingException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadingException("interrupted", e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        // All of what is fetched ahead has to fit into the command's small heap.
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        8 * 1024 * 1024),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
