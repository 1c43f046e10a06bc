package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import java.time.Duration;

/** consumer-service's group that writes orders into PostgreSQL, with their offsets. */
public final class TableReader implements Reader {

    private static final String LISTENER = "shipments";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String POSITION =
            "SELECT sum(next_offset) FROM consumer_offset WHERE group_id = '" + LISTENER + "'";

    private final String name;
    private final ConsumerService service;
    private final BenchmarkDatabase.Session session;
    private final long records;
    private final long distinct;
    private final TreeCpu cpu;

    /**
     * Of a service whose listener is stopped.
     *
     * @param records how many records the topic has
     * @param distinct how many of them are no repeats
     */
    public TableReader(
            String name,
            ConsumerService service,
            BenchmarkDatabase.Session session,
            long records,
            long distinct,
            TreeCpu cpu) {
        this.name = name;
        this.service = service;
        this.session = session;
        this.records = records;
        this.distinct = distinct;
        this.cpu = cpu;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Throughput measure() {
        session.execute("TRUNCATE orders, consumer_offset");
        session.execute("CHECKPOINT");
        service.start(LISTENER);
        try {
            Throughput throughput =
                    new Progress(() -> session.number(POSITION), cpu).measure(1, records, LONGEST);
            long rows = session.number("SELECT count(*) FROM orders");
            if (rows != distinct) {
                throw new BenchmarkException(
                        name + " stored " + rows + " rows of " + distinct + " orders");
            }
            return throughput;
        } finally {
            service.stop(LISTENER);
        }
    }

    @Override
    public void close() {
        session.close();
        service.close();
    }
}
