package io.eventpipeline.producer.retries.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches old answers from their places in the log, one after the other. Thread-safe. */
final class AnswerReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(1_400);

    private static final Logger log = LoggerFactory.getLogger(AnswerReader.class);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Consumer<byte[], byte[]> consumer;

    AnswerReader(Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
        this.consumers = consumers;
        this.topic = topic;
    }

    /** The answer at a place; empty if it is there no longer, or cannot be read in time. */
    Optional<StoredAnswer> read(long place) {
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return fetch(
                    new TopicPartition(topic, LedgerEntry.partition(place)),
                    LedgerEntry.offset(place));
        } catch (KafkaException e) {
            log.warn("An answer could not be read from the ledger of requests", e);
            end();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<StoredAnswer> fetch(TopicPartition partition, long offset) {
        if (consumer == null) {
            consumer = consumers.get();
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> read :
                    consumer.poll(PATIENCE.dividedBy(10)).records(partition)) {
                return read.offset() == offset
                        ? LedgerLine.read(read.value())
                                .flatMap(line -> Optional.ofNullable(line.answer()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void end() {
        Consumer<byte[], byte[]> failed = consumer;
        consumer = null;
        if (failed != null) {
            failed.close();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            end();
        } finally {
            lock.unlock();
        }
    }
}
