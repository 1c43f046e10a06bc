package io.eventpipeline.streams.queries.freshness;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.runtime.StreamsClient;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.TopologyPiece;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.context.SmartLifecycle;

/**
 * As of which moment a store of this instance tells the truth: all that Kafka had stored by then
 * has been read. Twice a second it looks where the topics end; a moment is remembered with its ends
 * for ten minutes. What cannot be vouched for has no moment, and none is ever later than true.
 *
 * <p>Moments are those of {@link System#nanoTime()}. Thread-safe.
 */
public final class Freshness implements SmartLifecycle {

    /** How long a question may wait for the last records to be read. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long a question may wait for Kafka to say where topics end. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static final Duration INTERVAL = Duration.ofMillis(25);

    private final StreamsClient streams;
    private final Sources sources;
    private final Followers followers;
    private final Rounds looksAtSources;
    private final Rounds looksAtFollowers;
    private volatile boolean running;

    /** Looks with an admin client after the stores of a topology under an application's id. */
    public Freshness(
            StreamsClient streams,
            Admin admin,
            TopicCatalogue topics,
            TopologyPiece topology,
            String applicationId) {
        this.streams = streams;
        PartitionOffsets offsets = new PartitionOffsets(admin, applicationId);
        sources = new Sources(offsets, topics, topology);
        followers = new Followers(sources, offsets, topology.stores(), applicationId);
        looksAtSources = new Rounds("freshness-of-sources", () -> look(sources::look));
        looksAtFollowers = new Rounds("freshness-of-followers", () -> look(followers::look));
    }

    /** The moment of a running task's store. To be asked before the store is. */
    public OptionalLong ofActive(PieceStore store, int partition) {
        KafkaStreams client = streams.current().orElse(null);
        if (client == null) {
            return OptionalLong.empty();
        }
        long earliest = Long.MAX_VALUE;
        for (TopicPartition source : sources.of(store, partition)) {
            OptionalLong position = sources.position(client, source);
            OptionalLong moment =
                    position.isEmpty() ? position : sources.upTo(source, position.getAsLong());
            if (moment.isEmpty()) {
                return moment;
            }
            earliest = Math.min(earliest, moment.getAsLong());
        }
        return OptionalLong.of(earliest);
    }

    /**
     * The moment of a standby's store, or of one that is being restored. To be asked before the
     * store is.
     */
    public OptionalLong ofFollower(PieceStore store, int partition) {
        return followers.asOf(store, partition);
    }

    /** How far a store that follows its changelog has come. */
    public Optional<RestoreProgress> progress(PieceStore store, int partition) {
        return followers.progress(store, partition);
    }

    /** How many partitions a store has in all instances. */
    public int partitions(PieceStore store) {
        return sources.partitions(store);
    }

    /**
     * Waits a moment until running tasks have read all that was there at the call.
     *
     * @return false if they have not in time, or Kafka does not say
     */
    public boolean awaitActive(PieceStore store, Collection<Integer> partitions)
            throws InterruptedException {
        long called = System.nanoTime();
        if (!looksAtSources.await(ANSWER)) {
            return false;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!partitions.stream()
                .allMatch(partition -> reached(ofActive(store, partition), called))) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(INTERVAL);
        }
        return true;
    }

    /**
     * Waits a moment until stores that follow have all that was there at the call.
     *
     * @return false if they have not in time, or Kafka does not say
     */
    public boolean awaitFollower(PieceStore store, int partition) throws InterruptedException {
        long called = System.nanoTime();
        return looksAtSources.await(ANSWER)
                && looksAtFollowers.await(ANSWER)
                && reached(ofFollower(store, partition), called);
    }

    private static boolean reached(OptionalLong moment, long called) {
        return moment.isPresent() && moment.getAsLong() - called >= 0;
    }

    /** The present moment. */
    public static long now() {
        return System.nanoTime();
    }

    /** How long ago a moment was. */
    public static Duration since(long moment) {
        return Duration.ofNanos(System.nanoTime() - moment);
    }

    private void look(Look look) throws Exception {
        KafkaStreams client = streams.current().orElse(null);
        if (client != null) {
            look.at(client);
        }
    }

    @FunctionalInterface
    private interface Look {
        void at(KafkaStreams client) throws Exception;
    }

    @Override
    public void start() {
        running = true;
        looksAtSources.start();
        looksAtFollowers.start();
    }

    @Override
    public void stop() {
        running = false;
        looksAtSources.close();
        looksAtFollowers.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
