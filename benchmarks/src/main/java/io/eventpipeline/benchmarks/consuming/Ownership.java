package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Who moved the stored offset of each partition last, and when: what a rebalance looks like to
 * those who wait for their orders. Confined to one thread.
 */
public final class Ownership {

    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Nothing changes hands for so long: it is over. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final BenchmarkDatabase.Session session;
    private final int partitions;
    private final Map<Integer, Place> places = new HashMap<>();
    private long lastHandover;
    private long standstill;

    /** Of the partitions of the orders. */
    public Ownership(BenchmarkDatabase.Session session, int partitions) {
        this.session = session;
        this.partitions = partitions;
    }

    /**
     * Has members change, and waits until nothing changes hands any more and all partitions have
     * been read by whoever owns them now.
     *
     * @param change starts or stops a member
     * @param owner how the client ids of the member begin that must own some in the end
     * @param least how many at least
     */
    public Handover after(Runnable change, String owner, int least) {
        look(owner);
        standstill = 0;
        long begin = System.nanoTime();
        lastHandover = begin;
        CompletableFuture<Void> changing = CompletableFuture.runAsync(change);
        while (System.nanoTime() - begin < LONGEST.toNanos()) {
            int mine = look(owner);
            if (mine >= least
                    && places.size() == partitions
                    && System.nanoTime() - lastHandover > QUIET.toNanos()
                    && places.values().stream().allMatch(this::wasReadSince)) {
                changing.join();
                return new Handover((lastHandover - begin) / 1e9, standstill / 1e9);
            }
            Waiting.pause(LOOK);
        }
        throw new BenchmarkException(
                "%s reads %d of %d partitions, and not %d"
                        .formatted(owner, look(owner), partitions, least));
    }

    private boolean wasReadSince(Place place) {
        return place.moved - lastHandover >= 0;
    }

    private int look(String owner) {
        int[] mine = new int[1];
        try {
            session.forEach(
                    "SELECT partition, next_offset, owner FROM consumer_offset WHERE topic = '"
                            + OrderSender.TOPIC
                            + "'",
                    row -> {
                        note(row.getInt(1), row.getLong(2), row.getString(3));
                        mine[0] += row.getString(3).startsWith(owner) ? 1 : 0;
                    });
        } catch (SQLException e) {
            throw new BenchmarkException("the stored offsets cannot be read", e);
        }
        return mine[0];
    }

    private void note(int partition, long offset, String owner) {
        long now = System.nanoTime();
        Place last = places.get(partition);
        if (last == null) {
            places.put(partition, new Place(offset, owner, now));
            return;
        }
        standstill = Math.max(standstill, now - last.moved);
        if (last.offset != offset) {
            places.put(partition, new Place(offset, owner, now));
        }
        if (!last.owner.equals(owner)) {
            lastHandover = now;
        }
    }

    private record Place(long offset, String owner, long moved) {}

    /**
     * What a change of members cost.
     *
     * @param seconds until all partitions were read by their new owners
     * @param standstillSeconds the longest time in which a partition was not read
     */
    public record Handover(double seconds, double standstillSeconds) {}
}
