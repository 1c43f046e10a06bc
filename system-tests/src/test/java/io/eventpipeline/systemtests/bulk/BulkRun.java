package io.eventpipeline.systemtests.bulk;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.systemtests.bulk.RollingRestart.Moves;
import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.history.ChangeLog;
import io.eventpipeline.systemtests.history.OffsetMove;
import io.eventpipeline.systemtests.history.TopicReader;
import io.eventpipeline.systemtests.load.Seed;
import io.eventpipeline.systemtests.services.StoringPipeline;
import io.eventpipeline.systemtests.services.StoringPipeline.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** One run: the load, the faults while it goes on, and the verdict. Confined to one thread. */
public final class BulkRun implements AutoCloseable {

    private static final int CUSTOMERS = 2_000;
    private static final int ORDERS_BEFORE = 500;

    /** How many consumers the group has in each instance. */
    private static final int MEMBERS = 2;

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration RESPITE = Duration.ofSeconds(1);

    private final StoringPipeline pipeline;
    private final BulkSettings settings;
    private final Seed seed;
    private final String topic;
    private final BulkPlan plan;
    private final BulkLoad load;
    private final TopicReader reader;
    private final StoredOffsets offsets;
    private final InstanceCounters counters = new InstanceCounters();
    private final BulkFaults faults;
    private final List<BulkFaultWindow> windows = new ArrayList<>();
    private final List<Moves> moves = new ArrayList<>();

    /** A run on a pipeline that nobody else uses. */
    public BulkRun(StoringPipeline pipeline, BulkSettings settings, Seed seed) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.seed = seed;
        topic = pipeline.topics().name(PipelineTopic.ORDER_PLACED);
        plan = new BulkPlan(seed.value(), CUSTOMERS);
        String bootstrapServers = pipeline.kafka().bootstrapServers();
        load = new BulkLoad(bootstrapServers, topic, plan, settings, seed.value());
        reader = new TopicReader(bootstrapServers);
        offsets = new StoredOffsets(pipeline, topic);
        faults = new BulkFaults(pipeline, settings, load, offsets, counters, seed.value());
    }

    /** Begins the load, and returns when something of each partition is stored. */
    public void begin() throws SQLException {
        try (Connection connection = pipeline.connect()) {
            RowLog.install(connection);
        }
        load.start();
        load.awaitAcknowledged(ORDERS_BEFORE);
        await("the first orders to be stored")
                .atMost(TIMEOUT)
                .until(() -> {
                    Map<Integer, Long> next = offsets.next();
                    return !next.isEmpty() && next.values().stream().allMatch(at -> at > 0);
                });
    }

    /** Breaks everything in turn, once at least, until all orders are sent. */
    public void strikeInTurn() throws SQLException {
        boolean all = false;
        while (!(all && load.isComplete())) {
            for (BulkFault fault : BulkFault.values()) {
                if (!all || !load.isComplete()) {
                    strike(fault);
                }
            }
            all = true;
        }
    }

    private void strike(BulkFault fault) throws SQLException {
        BulkFaults.Struck struck = faults.strike(fault);
        Instant healed = Instant.now();
        windows.add(
                new BulkFaultWindow(
                        struck.fault(),
                        struck.victim(),
                        struck.at(),
                        healed,
                        reader.endOffsets(topic)));
        BulkFaults.awaitTime(latest(struck.at().plus(settings.interval()), healed.plus(RESPITE)));
    }

    /**
     * Stops the instances one after the other by SIGTERM, and at last one by kill -9, and starts
     * each again when the others have taken over.
     */
    public void restartInTurn() throws SQLException {
        try (RollingRestart rolling = new RollingRestart(pipeline, MEMBERS)) {
            for (Instance instance : pipeline.instances()) {
                leaveAndReturn(rolling, instance, () -> rolling.stop(instance));
            }
            Instance victim = faults.anyOwner();
            counters.keep(victim);
            leaveAndReturn(rolling, victim, () -> rolling.kill(victim));
        }
    }

    private void leaveAndReturn(RollingRestart rolling, Instance instance, Supplier<Moves> leave) {
        load.awaitAcknowledged(ORDERS_BEFORE);
        Instant struck = Instant.now();
        Moves left = leave.get();
        faults.awaitTakenOver(instance);
        windows.add(
                new BulkFaultWindow(
                        left.what(),
                        instance.name(),
                        struck,
                        Instant.now(),
                        reader.endOffsets(topic)));
        moves.add(left);
        load.awaitAcknowledged(ORDERS_BEFORE);
        moves.add(rolling.start(instance));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Ends the load, waits until there is no lag, and looks at everything. */
    public BulkReport end() throws Exception {
        faults.awaitHealed();
        load.mayEnd();
        load.awaitEnd();
        Instant stopped = Instant.now();
        Duration stored = waitFor("the table", stopped, () -> offsets.next());
        Duration archived =
                waitFor(
                        "the archive",
                        stopped,
                        () -> ArchiveChecks.ends(pipeline.archive(), topic));
        counters.keepAll(pipeline.instances());
        return report(stored, archived);
    }

    /** How long it takes until there is no lag; null if it stays, which the checks say better. */
    private @Nullable Duration waitFor(
            String store, Instant since, Callable<Map<Integer, Long>> ends) {
        Map<Integer, Long> wanted = reader.endOffsets(topic);
        try {
            await(store + " to have no lag")
                    .atMost(TIMEOUT)
                    .until(() -> ends.call().equals(wanted));
            return Duration.between(since, Instant.now());
        } catch (ConditionTimeoutException e) {
            return null;
        }
    }

    private BulkReport report(@Nullable Duration stored, @Nullable Duration archived)
            throws SQLException {
        Findings findings = new Findings();
        BitSet acknowledged = load.acknowledged();
        TopicContents contents = TopicContents.read(reader, topic, plan, load.sent(), findings);
        List<OffsetMove> offsetMoves;
        RowChecks rows = new RowChecks(plan, contents, findings);
        try (Connection connection = pipeline.connect()) {
            rows.readAll(connection);
            rows.finish(acknowledged);
            offsetMoves =
                    ChangeLog.offsetMoves(connection).stream()
                            .filter(move -> move.group().equals(StoredOffsets.GROUP))
                            .filter(move -> move.topic().equals(topic))
                            .toList();
            new LogChecks(contents, findings).check(offsetMoves, RowLog.read(connection));
        }
        long archivedRecords = ArchiveChecks.check(pipeline.archive(), topic, contents, findings);
        reader.deadLetters(pipeline.topics())
                .forEach((letters, count) ->
                        findings.add("no record is a dead letter", letters + " has " + count));
        return new BulkReport(
                seed,
                settings,
                findings,
                List.copyOf(windows),
                List.copyOf(moves),
                offsetMoves,
                new BulkReport.Counts(
                        acknowledged.cardinality(),
                        load.copies(),
                        load.unacknowledged(),
                        contents.records(),
                        contents.copies(),
                        rows.rows(),
                        archivedRecords,
                        counters.refused(),
                        counters.refusedByArchive(),
                        counters.unknown(),
                        faults.cutAfterCommit()),
                stored,
                archived);
    }

    @Override
    public void close() {
        load.close();
        reader.close();
    }
}
