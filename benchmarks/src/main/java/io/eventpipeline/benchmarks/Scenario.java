package io.eventpipeline.benchmarks;

/** What a load does; the same for every target. */
enum Scenario {
    /** One record a request: bound by how long a record takes. */
    SINGLE(32, 1),
    /** A hundred records a request: bound by the work for a record. */
    BATCH(32, 100),
    /** One record a request from many clients. */
    MANY(256, 1),
    /** One request that never ends, answered line by line. */
    STREAM(1, 0),
    /** Kafka's own producer test. */
    PRODUCER(1, 0);

    private final int connections;
    private final int records;

    Scenario(int connections, int records) {
        this.connections = connections;
        this.records = records;
    }

    int connections() {
        return connections;
    }

    /** Records a request; 0 where there is no request of fixed size. */
    int records() {
        return records;
    }

    /** Whether every HTTP endpoint can do it. */
    boolean isRequests() {
        return records > 0;
    }

    /** What tables call it. */
    String title() {
        return switch (this) {
            case SINGLE, MANY -> connections + " connections, 1 record";
            case BATCH -> connections + " connections, " + records + " records";
            case STREAM, PRODUCER -> "as fast as it goes";
        };
    }
}
