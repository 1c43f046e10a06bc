package io.eventpipeline.consumer.deadletters.triage;

import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.consumer.store.DatabaseAvailability;
import io.eventpipeline.consumer.store.SchemaMigration;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicDefinition.Audience;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.eventpipeline.starter.topics.TopicProvisioning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Reads all dead-letter topics of the catalogue into the index, for as long as the service runs:
 * one thread, one consumer without group, one fetch in memory. Every instance does so; the
 * compare-and-set of the positions lets one of them write, and the others read on from there.
 * Whatever fails, it begins again from the stored positions. Thread-safe.
 */
@Component
public final class DeadLetterIndexer implements SmartLifecycle {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(DeadLetterIndexer.class);

    private final DeadLetterIndex index;
    private final LetterConsumers consumers;
    private final PartitionLogs logs;
    private final TopicCatalogue catalogue;
    private final KafkaAvailability kafka;
    private final DatabaseAvailability database;
    private final TopicProvisioning topics;
    private final SchemaMigration schema;
    private final DeadLetterMetrics metrics;
    private final DeadLetterProperties properties;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private Map<TopicPartition, Long> reached = Map.of();
    private volatile String waitingFor = "The dead-letter topics were not looked at yet";
    private volatile @Nullable Thread worker;

    DeadLetterIndexer(
            DeadLetterIndex index,
            LetterConsumers consumers,
            PartitionLogs logs,
            TopicCatalogue catalogue,
            KafkaAvailability kafka,
            DatabaseAvailability database,
            TopicProvisioning topics,
            SchemaMigration schema,
            DeadLetterMetrics metrics,
            DeadLetterProperties properties,
            Clock clock) {
        this.index = index;
        this.consumers = consumers;
        this.logs = logs;
        this.catalogue = catalogue;
        this.kafka = kafka;
        this.database = database;
        this.topics = topics;
        this.schema = schema;
        this.metrics = metrics;
        this.properties = properties;
        this.clock = clock;
    }

    /** Why nothing is read now; empty while all is well. */
    String waitingFor() {
        return waitingFor;
    }

    /**
     * Waits until what lies in the topics now is in the index.
     *
     * @param patience how long at most
     * @return whether it is; if not, the index may miss the newest letters
     */
    public boolean awaitCaughtUp(Duration patience) {
        if (!kafka.isAvailable() || !topics.isDone()) {
            return false;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Map<TopicPartition, LogBounds> ends;
        try {
            ends = logs.bounds(partitions());
        } catch (RuntimeException e) {
            log.debug("The ends of the dead-letter topics are not known", e);
            return false;
        }
        lock.lock();
        try {
            while (!hasReached(ends)) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !progress.await(left, TimeUnit.NANOSECONDS)) {
                    return hasReached(ends);
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasReached(Map<TopicPartition, LogBounds> ends) {
        return ends.entrySet().stream()
                .allMatch(end ->
                        end.getValue().lastStable() == end.getValue().beginning()
                                || reached.getOrDefault(end.getKey(), -1L)
                                        >= end.getValue().lastStable());
    }

    @Override
    public void start() {
        Thread thread = Thread.ofVirtual().name("dead-letter-index").unstarted(this::work);
        worker = thread;
        thread.start();
    }

    @Override
    public void stop() {
        Thread running = worker;
        worker = null;
        if (running != null) {
            try {
                // An interrupted consumer does not close well, and none of its waits is long.
                if (!running.join(Duration.ofSeconds(3))) {
                    running.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    private boolean isWanted() {
        return Thread.currentThread().equals(worker);
    }

    private void work() {
        while (isWanted()) {
            try {
                if (isReady()) {
                    read();
                }
            } catch (OptimisticLockingFailureException e) {
                // The other instance goes on meanwhile, instead of meeting this one again at once.
                log.debug("{}", e.getMessage());
            } catch (RuntimeException e) {
                String reason = String.valueOf(e.getMessage());
                if (!reason.equals(waitingFor) && isWanted()) {
                    log.warn("The dead-letter topics are not read now: {}", reason);
                }
                waitingFor = reason;
            }
            try {
                if (isWanted()) {
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean isReady() {
        if (!topics.isDone() || !schema.isDone()) {
            waitingFor = "The topics or the schema are not there yet";
            return false;
        }
        if (!kafka.isAvailable() || !database.isAvailable()) {
            waitingFor = kafka.reason().or(database::reason).orElse("Kafka or PostgreSQL is away");
            return false;
        }
        return true;
    }

    /** Reads on until something fails or it is time for a look at the topics themselves. */
    private void read() {
        Map<TopicPartition, LogBounds> bounds = logs.bounds(partitions());
        int expired = index.forget(bounds);
        if (expired > 0) {
            log.warn("Retention removed {} dead letters about which nothing was done", expired);
        }
        metrics.refresh(index, expired);
        try (LetterLog letters = new LetterLog(consumers, bounds, index.positions())) {
            waitingFor = "";
            Instant refresh = clock.instant().plus(properties.refresh());
            boolean counted = true;
            while (isWanted() && database.isAvailable()) {
                boolean anything = letters.readInto(index);
                publish(letters);
                // Counting costs more than storing, so it waits for a quiet moment.
                if (!anything && !counted) {
                    metrics.refresh(index, 0);
                }
                counted = !anything;
                if (clock.instant().isAfter(refresh)) {
                    bounds = logs.bounds(partitions());
                    if (!letters.covers(bounds)) {
                        return;
                    }
                    expired = index.forget(bounds);
                    metrics.refresh(index, expired);
                    refresh = clock.instant().plus(properties.refresh());
                }
            }
        }
    }

    private void publish(LetterLog letters) {
        lock.lock();
        try {
            reached = letters.reached();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Set<TopicPartition> partitions() {
        Set<String> names =
                catalogue.all().stream()
                        .filter(topic -> topic.audience() == Audience.DEAD_LETTERS)
                        .map(TopicDefinition::name)
                        .collect(Collectors.toSet());
        return logs.describe(names).values().stream()
                .flatMap(topic ->
                        topic.partitions().stream()
                                .map(info -> new TopicPartition(topic.name(), info.partition())))
                .collect(Collectors.toSet());
    }
}
