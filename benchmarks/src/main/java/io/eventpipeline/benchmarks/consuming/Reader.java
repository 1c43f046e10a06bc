package io.eventpipeline.benchmarks.consuming;

/** Something that reads the orders, again from their beginning each time it is measured. */
public interface Reader extends AutoCloseable {

    /** What tables call it. */
    String name();

    /** Reads, and says how fast it was once it ran. */
    Throughput measure();

    @Override
    void close();
}
