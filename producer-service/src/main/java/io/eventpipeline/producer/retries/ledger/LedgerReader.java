package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.producer.retries.ledger.LedgerLine.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ledger's topic from its beginning and then on and on, committed records only, without a
 * group: every instance reads all of it. One thread of its own reads; a consumer that failed is
 * replaced, and goes on where it stopped.
 */
final class LedgerReader {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(LedgerReader.class);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<TopicPartition> partitions;
    private final LedgerIndex index;
    private final AnswerCache answers;
    private final Map<Long, CompletableFuture<Boolean>> verdicts = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private volatile Progress progress = new Progress(0, 0, false);
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile @Nullable Thread thread;

    /**
     * How far the first reading is.
     *
     * @param read offsets passed
     * @param total offsets to pass
     * @param done whether the end, as it was at the start, was reached
     */
    record Progress(long read, long total, boolean done) {}

    LedgerReader(
            Supplier<Consumer<byte[], byte[]>> consumers,
            String topic,
            int partitions,
            LedgerIndex index,
            AnswerCache answers) {
        this.consumers = consumers;
        this.partitions =
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        this.index = index;
        this.answers = answers;
    }

    Progress progress() {
        return progress;
    }

    /** Whether a claim of this instance won, told when it, or its answer, was read. */
    CompletableFuture<Boolean> verdict(long claim) {
        return verdicts.computeIfAbsent(claim, _ -> new CompletableFuture<>());
    }

    void forget(long claim) {
        verdicts.remove(claim);
    }

    synchronized void start() {
        if (thread == null) {
            // Known before it runs, or it takes itself for one that was stopped.
            Thread unstarted =
                    Thread.ofPlatform().name("request-ledger").daemon().unstarted(this::run);
            thread = unstarted;
            unstarted.start();
        }
    }

    synchronized void stop() {
        thread = null;
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private boolean isRunning() {
        return Thread.currentThread().equals(thread);
    }

    private void run() {
        while (isRunning()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                // Whatever it is: without this thread no request with a key is ever taken again.
                log.warn("The ledger of requests cannot be read, trying again", e);
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        partitions.forEach(partition ->
                consumer.seek(
                        partition,
                        positions.getOrDefault(partition, beginnings.getOrDefault(partition, 0L))));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (isRunning()) {
            // With an end to reach, short: there is nothing to wait for.
            for (ConsumerRecord<byte[], byte[]> line :
                    consumer.poll(progress.done() ? POLL : POLL.dividedBy(10))) {
                apply(line);
            }
            partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
            if (!progress.done()) {
                progress = measure(beginnings, ends);
            }
        }
    }

    private Progress measure(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        long read = 0;
        long total = 0;
        for (TopicPartition partition : partitions) {
            long beginning = beginnings.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, beginning);
            total += end - beginning;
            read += Math.min(positions.getOrDefault(partition, beginning), end) - beginning;
        }
        if (read >= total) {
            log.info("The ledger of requests was read: {} requests are known", index.size());
        }
        return new Progress(read, total, read >= total);
    }

    private void apply(ConsumerRecord<byte[], byte[]> read) {
        Digest request = LedgerLine.request(read.key()).orElse(null);
        LedgerLine line = LedgerLine.read(read.value()).orElse(null);
        if (request == null || line == null) {
            log.warn(
                    "Record {}-{}@{} is no line of the ledger: skipped",
                    read.topic(),
                    read.partition(),
                    read.offset());
            return;
        }
        long place = LedgerEntry.place(read.partition(), read.offset());
        boolean counts = index.apply(request, line, place, read.timestamp());
        if (line.answer() != null && counts) {
            answers.put(place, line.answer());
        }
        if (line.state() != State.RELEASED) {
            CompletableFuture<Boolean> verdict = verdicts.remove(line.claim());
            if (verdict != null) {
                verdict.complete(counts);
            }
        }
    }
}
