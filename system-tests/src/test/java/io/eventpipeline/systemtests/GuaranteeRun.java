package io.eventpipeline.systemtests;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalBroker;
import io.eventpipeline.systemtests.faults.BlockedWriters;
import io.eventpipeline.systemtests.faults.DatabaseSessions;
import io.eventpipeline.systemtests.faults.Fault;
import io.eventpipeline.systemtests.faults.FaultWindow;
import io.eventpipeline.systemtests.history.ChangeLog;
import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.HistoryReader;
import io.eventpipeline.systemtests.load.ForeignProducer;
import io.eventpipeline.systemtests.load.OrderLoad;
import io.eventpipeline.systemtests.load.OrderPlan;
import io.eventpipeline.systemtests.load.Seed;
import io.eventpipeline.systemtests.services.RunningPipeline;
import io.eventpipeline.systemtests.services.ServiceProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One run of the guarantee test: the load, the faults while it goes on, and the history at the end.
 * Each fault begins when the pipeline has caught up with the one before. Confined to one thread.
 */
final class GuaranteeRun implements AutoCloseable {

    static final int CUSTOMERS = 24;
    private static final int ORDERS_A_SECOND = Integer.getInteger("system-tests.rate", 20);

    /** Enough that each fault meets orders before, during and after it. */
    private static final int ORDERS_BETWEEN = 30;

    /** Seconds on a quiet machine; generous for one that is ten times slower under load. */
    private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration REFUSAL_TIMEOUT = Duration.ofSeconds(20);
    private static final int ZOMBIE_ATTEMPTS = 3;
    private static final String REFUSED_WRITES = "pipeline_consumer_zombie_writes_refused_total";

    private final RunningPipeline pipeline;
    private final SplittableRandom random;
    private final OrderPlan plan;
    private final ForeignProducer foreign;
    private final OrderLoad load;
    private final Progress progress;
    private final List<FaultWindow> faults = new ArrayList<>();
    private long zombieWritesRefused;

    GuaranteeRun(RunningPipeline pipeline, Seed seed) {
        this.pipeline = pipeline;
        random = new SplittableRandom(seed.value());
        plan = new OrderPlan(seed.value(), CUSTOMERS);
        foreign = new ForeignProducer(pipeline.kafka().bootstrapServers());
        load = new OrderLoad(plan, pipeline.producer(), foreign, ORDERS_A_SECOND);
        progress = new Progress(pipeline);
    }

    /** Begins the load, and returns when the first orders have arrived. */
    void begin() throws SQLException {
        try (Connection connection = pipeline.connect()) {
            ChangeLog.install(connection);
        }
        load.announce();
        load.start();
        load.awaitAcknowledged(ORDERS_BETWEEN);
        progress.awaitShipments(ORDERS_BETWEEN, CATCH_UP_TIMEOUT);
    }

    /** Breaks something, mends it, and returns when the pipeline has caught up. */
    void strike(Fault fault) throws Exception {
        switch (fault) {
            case STREAMS -> killAndRestart(pipeline.streams());
            case CONSUMER -> killConsumer();
            case BROKER -> killBroker();
            case ZOMBIE -> freezeConsumer();
            case DATABASE -> killDatabase();
            case PRODUCER -> killAndRestart(pipeline.producer());
        }
    }

    private void killAndRestart(ServiceProcess victim) throws Exception {
        strike(
                "kill -9 of " + victim.name(),
                () -> {
                    victim.kill();
                    victim.launch();
                    victim.awaitReady();
                    return null;
                });
    }

    /** The instance dies in the middle of a write. */
    private void killConsumer() throws Exception {
        ServiceProcess victim = anyConsumer();
        strike(
                "kill -9 of " + victim.name() + " in the middle of a write",
                () -> {
                    try (BlockedWriters blocked = BlockedWriters.block(pipeline)) {
                        blocked.awaitWriteOf(victim);
                        victim.kill();
                    }
                    victim.launch();
                    victim.awaitReady();
                    return null;
                });
    }

    private void killDatabase() throws Exception {
        strike(
                "kill -9 of the database",
                () -> {
                    pipeline.postgres().kill();
                    load.awaitAcknowledged(ORDERS_BETWEEN);
                    pipeline.postgres().start();
                    return null;
                });
    }

    private void killBroker() throws Exception {
        LocalBroker victim =
                pipeline.kafka().broker(random.nextInt(1, pipeline.kafka().brokers().size() + 1));
        strike(
                "kill -9 of broker " + victim.id(),
                () -> {
                    victim.kill();
                    load.awaitAcknowledged(ORDERS_BETWEEN);
                    victim.start();
                    return null;
                });
    }

    /**
     * Freezes an instance until another one has taken over its partitions and stored what comes
     * next, then lets it go on: the records that Kafka sent it meanwhile lie in its socket, and it
     * writes them before it learns that it lost its place. Done again until a write was refused.
     */
    private void freezeConsumer() throws Exception {
        long refused = 0;
        for (int attempt = 1; attempt <= ZOMBIE_ATTEMPTS && refused == 0; attempt++) {
            ServiceProcess zombie = anyConsumer();
            double before = refusedWrites(zombie);
            strike("SIGSTOP of " + zombie.name() + " past its session", () -> freeze(zombie));
            refused = awaitRefusal(zombie, before);
            zombieWritesRefused += refused;
        }
    }

    private Void freeze(ServiceProcess zombie) {
        await(zombie.name() + " to be frozen between two transactions")
                .atMost(CATCH_UP_TIMEOUT)
                .until(() -> suspendOutsideOfTransactions(zombie));
        try {
            load.awaitAcknowledged(ORDERS_BETWEEN);
            progress.awaitStored(progress.ends(), CATCH_UP_TIMEOUT);
        } finally {
            zombie.resume();
        }
        return null;
    }

    /** In a transaction it would hold the offsets until the database gives it up for dead. */
    private boolean suspendOutsideOfTransactions(ServiceProcess instance) throws SQLException {
        instance.suspend();
        if (DatabaseSessions.atWork(pipeline, instance)) {
            instance.resume();
            return false;
        }
        return true;
    }

    private static long awaitRefusal(ServiceProcess zombie, double before) {
        try {
            await("a write of " + zombie.name() + " to be refused")
                    .atMost(REFUSAL_TIMEOUT)
                    .until(() -> refusedWrites(zombie) > before);
        } catch (ConditionTimeoutException e) {
            return 0;
        }
        return (long) (refusedWrites(zombie) - before);
    }

    /** To the tables; the archive refuses for itself. */
    private static double refusedWrites(ServiceProcess instance) {
        return instance.metric(REFUSED_WRITES, Map.of("group", "shipments"));
    }

    private ServiceProcess anyConsumer() {
        return pipeline.consumers().get(random.nextInt(pipeline.consumers().size()));
    }

    private void strike(String fault, Callable<?> strikeAndHeal) throws Exception {
        load.awaitAcknowledged(ORDERS_BETWEEN);
        Instant struck = Instant.now();
        strikeAndHeal.call();
        Instant healed = Instant.now();
        progress.awaitStored(progress.ends(), CATCH_UP_TIMEOUT);
        progress.awaitShipments(load.acknowledgedCount(), CATCH_UP_TIMEOUT);
        faults.add(new FaultWindow(fault, struck, healed, Instant.now()));
    }

    /** Ends the load, waits until all is quiet, and reports. */
    RunReport end(Seed seed) throws SQLException {
        load.stop();
        Instant stopped = Instant.now();
        boolean quiet = true;
        try {
            progress.awaitQuiet(load.acknowledgedCount(), CATCH_UP_TIMEOUT);
        } catch (ConditionTimeoutException e) {
            // The checkers say it better.
            quiet = false;
        }
        Duration untilQuiet = Duration.between(stopped, Instant.now());
        History history =
                HistoryReader.read(pipeline, plan, load.acknowledged(), zombieWritesRefused);
        return new RunReport(
                seed,
                history,
                List.copyOf(faults),
                load.sentCount(),
                load.repeatedOverRest(),
                foreign.copies(),
                load.refusals(),
                quiet ? untilQuiet : null);
    }

    @Override
    public void close() {
        load.close();
        foreign.close();
        progress.close();
    }
}
