package io.eventpipeline.benchmarks.connecting;

import io.eventpipeline.benchmarks.consuming.BenchmarkDatabase;
import io.eventpipeline.benchmarks.consuming.Reader;
import io.eventpipeline.benchmarks.consuming.Throughput;
import io.eventpipeline.benchmarks.consuming.TreeCpu;
import io.eventpipeline.benchmarks.consuming.Waiting;
import io.eventpipeline.benchmarks.load.CpuTimes;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A worker with a file source and Debezium's JDBC sink, both new each time: from the moment at
 * which the source is made until all lines are rows.
 */
public final class FileToTable implements Reader {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int PARTITIONS = 1;

    private final String name;
    private final ConnectWorkerProcess worker;
    private final BenchmarkBroker broker;
    private final BenchmarkDatabase database;
    private final String url;
    private final Path lines;
    private final long count;
    private int rounds;

    /**
     * A way through a worker.
     *
     * @param lines the file
     * @param count how many lines it has
     */
    public FileToTable(
            String name,
            ConnectWorkerProcess worker,
            BenchmarkBroker broker,
            BenchmarkDatabase database,
            Path lines,
            long count) {
        this.name = name;
        this.worker = worker;
        this.broker = broker;
        this.database = database;
        this.url = database.create(name.replaceAll("\\W", "_"));
        this.lines = lines;
        this.count = count;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Throughput measure() {
        rounds++;
        String target = "lines_%s_%d".formatted(name.replaceAll("\\W", "_"), rounds);
        broker.makeTopic(target, PARTITIONS);
        try (BenchmarkDatabase.Session session = database.session(url)) {
            session.execute("CREATE TABLE %s (line text NOT NULL)".formatted(target));
            worker.configure("to-" + target, sink(target));
            TreeCpu cpu =
                    new TreeCpu(
                            Map.of(
                                    "worker",
                                    worker.pid(),
                                    "broker",
                                    broker.pid(),
                                    "database",
                                    database.pid()));
            CpuTimes before = cpu.get();
            long started = System.nanoTime();
            worker.configure("from-" + target, source(target));
            awaitRows(session, target, started);
            double seconds = (System.nanoTime() - started) / 1e9;
            CpuTimes used = cpu.get().since(before);
            worker.remove("from-" + target);
            worker.remove("to-" + target);
            session.execute("DROP TABLE " + target);
            return new Throughput(count, seconds, used);
        }
    }

    private void awaitRows(BenchmarkDatabase.Session session, String table, long started) {
        while (System.nanoTime() - started < LONGEST.toNanos()) {
            long rows = session.number("SELECT count(*) FROM " + table);
            if (rows == count) {
                return;
            }
            if (rows > count) {
                throw new BenchmarkException(table + " has rows twice: " + rows);
            }
            Waiting.pause(LOOK);
        }
        throw new BenchmarkException(table + " is not full after " + LONGEST);
    }

    private Map<String, String> source(String topic) {
        Map<String, String> source = new LinkedHashMap<>();
        source.put("connector.class", "FileStreamSource");
        source.put("tasks.max", "1");
        source.put("file", lines.toString());
        source.put("topic", topic);
        source.put("transforms", "hoist");
        source.put("transforms.hoist.type", "org.apache.kafka.connect.transforms.HoistField$Value");
        source.put("transforms.hoist.field", "line");
        source.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        source.put("value.converter.schemas.enable", "true");
        return source;
    }

    private Map<String, String> sink(String topic) {
        Map<String, String> sink = new LinkedHashMap<>();
        sink.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        sink.put("tasks.max", "1");
        sink.put("topics", topic);
        sink.put("connection.url", url);
        sink.put("connection.username", database.user());
        sink.put("connection.password", database.password());
        sink.put("collection.name.format", topic);
        sink.put("insert.mode", "insert");
        sink.put("primary.key.mode", "none");
        sink.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        sink.put("value.converter.schemas.enable", "true");
        return sink;
    }

    /** The worker's resident memory now. */
    public double residentMib() {
        return worker.residentMib();
    }

    @Override
    public void close() {
        worker.close();
    }
}
