package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.localcluster.LocalProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** {@link PlainListener} in a process of its own, for some seconds. */
public final class PlainReader implements Reader {

    private static final long WARM_UP_ROWS = 5_000;

    private final BenchmarkDatabase database;
    private final String url;
    private final BenchmarkDatabase.Session session;
    private final String bootstrapServers;
    private final int threads;
    private final Duration measured;
    private final Path folder;
    private final long broker;
    private int runs;

    /**
     * In the service's own database, because of its tables.
     *
     * @param threads how many consumers
     * @param measured for how long
     * @param broker the broker's process
     */
    public PlainReader(
            BenchmarkDatabase database,
            String url,
            String bootstrapServers,
            int threads,
            Duration measured,
            Path folder,
            long broker) {
        this.database = database;
        this.url = url;
        this.session = database.session(url);
        this.bootstrapServers = bootstrapServers;
        this.threads = threads;
        this.measured = measured;
        this.folder = folder;
        this.broker = broker;
        session.execute(
                "CREATE TABLE IF NOT EXISTS "
                        + PlainListener.TABLE
                        + " (LIKE orders INCLUDING ALL)");
    }

    @Override
    public String name() {
        return "row by row" + (threads == 1 ? "" : ", " + threads + " threads");
    }

    @Override
    public Throughput measure() {
        session.execute("TRUNCATE " + PlainListener.TABLE + " RESTART IDENTITY");
        session.execute("CHECKPOINT");
        runs++;
        try (LocalProcess process =
                LocalProcess.builder("plain-listener")
                        .command(
                                LocalProcess.javaExecutable(),
                                "-Xmx384m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PlainListener.class.getName(),
                                bootstrapServers,
                                "plain-" + threads + "-" + runs,
                                url,
                                database.user(),
                                database.password(),
                                Integer.toString(threads))
                        .logFile(folder.resolve("plain-listener-" + threads + "-" + runs + ".log"))
                        .start()) {
            TreeCpu cpu =
                    new TreeCpu(
                            Map.of(
                                    "reader", process.pid(),
                                    "postgres", database.pid(),
                                    "broker", broker));
            return new Progress(this::rows, cpu).measure(WARM_UP_ROWS, Long.MAX_VALUE, measured);
        }
    }

    /** By the identity column, which is read in no time however many there are. */
    private long rows() {
        return session.number("SELECT last_value FROM " + PlainListener.TABLE + "_stored_seq_seq");
    }

    @Override
    public void close() {
        session.close();
    }
}
