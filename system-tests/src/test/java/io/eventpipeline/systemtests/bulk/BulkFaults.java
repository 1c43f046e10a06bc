package io.eventpipeline.systemtests.bulk;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalBroker;
import io.eventpipeline.systemtests.proxy.Moment;
import io.eventpipeline.systemtests.proxy.Trap;
import io.eventpipeline.systemtests.services.StoringPipeline;
import io.eventpipeline.systemtests.services.StoringPipeline.Instance;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Breaks things under load, each at the moment that matters. Confined to one thread. */
final class BulkFaults {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration REFUSAL_TIMEOUT = Duration.ofSeconds(60);
    private static final List<Moment> MOMENTS = List.of(Moment.values());
    private static final int ORDERS_MEANWHILE = 100;

    private final StoringPipeline pipeline;
    private final BulkSettings settings;
    private final BulkLoad load;
    private final StoredOffsets offsets;
    private final InstanceCounters counters;
    private final SplittableRandom random;
    private int cutAfterCommit;
    private int frozen;
    private CompletableFuture<Void> healing = CompletableFuture.completedFuture(null);

    BulkFaults(
            StoringPipeline pipeline,
            BulkSettings settings,
            BulkLoad load,
            StoredOffsets offsets,
            InstanceCounters counters,
            long seed) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.load = load;
        this.offsets = offsets;
        this.counters = counters;
        random = new SplittableRandom(seed);
    }

    /**
     * What was struck.
     *
     * @param fault in words
     * @param victim the instance, if it was one
     * @param at when
     */
    record Struck(String fault, @Nullable String victim, Instant at) {

        static Struck now(String fault) {
            return new Struck(fault, null, Instant.now());
        }
    }

    /** How many COMMITs reached the server whose answer was cut off. */
    int cutAfterCommit() {
        return cutAfterCommit;
    }

    /** Breaks something and mends it. */
    Struck strike(BulkFault fault) throws SQLException {
        return switch (fault) {
            case CUT -> cut();
            case KILL -> kill();
            case DATABASE_STOP -> stopDatabase();
            case ZOMBIE -> freeze();
            case BROKER -> killBroker();
            case DATABASE_KILL -> killDatabase();
        };
    }

    private Struck cut() throws SQLException {
        Struck struck = Struck.now("%d connections cut around COMMIT".formatted(settings.cuts()));
        for (int cut = 1; cut <= settings.cuts(); cut++) {
            Moment moment = cut % 2 == 1 ? Moment.AFTER_COMMIT : Moment.BEFORE_COMMIT;
            Trap trap = catchOne(moment).trap();
            finish(trap, moment);
            trap.cut();
        }
        return struck;
    }

    private void finish(Trap trap, Moment moment) {
        if (moment == Moment.AFTER_COMMIT) {
            trap.awaitCommitted();
            cutAfterCommit++;
        }
    }

    private Struck kill() throws SQLException {
        awaitHealed();
        Moment moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
        Caught caught = catchOne(moment);
        Instance victim = caught.instance();
        finish(caught.trap(), moment);
        counters.keep(victim);
        Struck struck =
                new Struck(
                        "kill -9 of %s %s".formatted(victim.name(), words(moment)),
                        victim.name(),
                        Instant.now());
        victim.process().kill();
        caught.trap().cut();
        if (settings.patient()) {
            awaitTakenOver(victim);
        }
        victim.process().launch();
        heal(() -> victim.process().awaitReady());
        return struck;
    }

    private void heal(Runnable start) {
        healing = CompletableFuture.runAsync(start);
        if (settings.patient()) {
            awaitHealed();
        }
    }

    /** Waits until what was killed is back. */
    void awaitHealed() {
        healing.join();
    }

    private static String words(Moment moment) {
        return moment.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Every second instance is frozen wherever it is, in the middle of a transaction perhaps. */
    private Struck freeze() throws SQLException {
        awaitHealed();
        return frozen++ % 2 == 0 ? freezeWriter() : freezeAnywhere();
    }

    /**
     * Freezes an instance that has sent a move which has not reached the database: it gets there
     * when others have stored what it is about.
     */
    private Struck freezeWriter() throws SQLException {
        Map<String, Double> before = new HashMap<>();
        pipeline.instances()
                .forEach(instance ->
                        before.put(instance.name(), InstanceCounters.refused(instance)));
        Caught caught = catchOne(Moment.BEFORE_MOVE);
        Instance zombie = caught.instance();
        Instant struck = Instant.now();
        zombie.process().suspend();
        try {
            awaitTakenOver(zombie);
            caught.trap().release();
        } finally {
            zombie.process().resume();
        }
        awaitRefusal(zombie, before.getOrDefault(zombie.name(), 0.0));
        return new Struck(
                "SIGSTOP of %s before move past its session".formatted(zombie.name()),
                zombie.name(),
                struck);
    }

    private Struck freezeAnywhere() throws SQLException {
        Instance frozenOne = anyOwner();
        Instant struck = Instant.now();
        frozenOne.process().suspend();
        try {
            awaitTakenOver(frozenOne);
        } finally {
            frozenOne.process().resume();
        }
        return new Struck(
                "SIGSTOP of %s past its session".formatted(frozenOne.name()),
                frozenOne.name(),
                struck);
    }

    /** If there is none, the verdict says it. */
    private static void awaitRefusal(Instance zombie, double before) {
        try {
            await("a write of " + zombie.name() + " to be refused")
                    .atMost(REFUSAL_TIMEOUT)
                    .until(() -> InstanceCounters.refused(zombie) > before);
        } catch (ConditionTimeoutException e) {
            // See above.
        }
    }

    private Struck killBroker() {
        awaitHealed();
        List<LocalBroker> brokers = pipeline.kafka().brokers();
        LocalBroker victim = brokers.get(random.nextInt(brokers.size()));
        Struck struck = Struck.now("kill -9 of broker " + victim.id());
        victim.kill();
        load.awaitAcknowledged(ORDERS_MEANWHILE);
        heal(victim::start);
        return struck;
    }

    private Struck stopDatabase() {
        Struck struck = Struck.now("PostgreSQL stopped");
        pipeline.postgres().stop();
        return stayAwayAndStart(struck);
    }

    private Struck killDatabase() {
        Struck struck = Struck.now("kill -9 of PostgreSQL");
        pipeline.postgres().kill();
        return stayAwayAndStart(struck);
    }

    private Struck stayAwayAndStart(Struck struck) {
        awaitTime(struck.at().plus(settings.outage()));
        load.awaitAcknowledged(ORDERS_MEANWHILE);
        pipeline.postgres().start();
        return struck;
    }

    /** Waits until each of its partitions was stored on by another instance. */
    void awaitTakenOver(Instance victim) {
        await("others to store in the partitions of " + victim.name())
                .atMost(TIMEOUT)
                .until(() -> !offsets.owners().contains(victim.name()));
    }

    static void awaitTime(Instant time) {
        await("the time to be " + time).atMost(TIMEOUT).until(() -> !Instant.now().isBefore(time));
    }

    /**
     * Catches a transaction at a moment. Who stored last may have lost its partitions since, so
     * after a while another one is tried.
     */
    private Caught catchOne(Moment moment) throws SQLException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            Instance owner = anyOwner();
            Trap trap = owner.door().set(moment);
            if (trap.catchesWithin(PATIENCE)) {
                return new Caught(owner, trap);
            }
            owner.door().clear();
        }
        throw new IllegalStateException("no instance came to the moment " + moment);
    }

    private record Caught(Instance instance, Trap trap) {}

    /** One that stored orders last in some partition; the others may own none of them. */
    Instance anyOwner() throws SQLException {
        List<String> owners = List.copyOf(offsets.owners());
        String name = owners.get(random.nextInt(owners.size()));
        return pipeline.instances().stream()
                .filter(instance -> instance.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
