package io.eventpipeline.standalone.sending;

import java.io.ByteArrayOutputStream;

/** One connection of a load test, on a thread of its own. */
abstract sealed class LoadConnection permits BatchedLoad, StreamedLoad {

    /** How long a connection waits after it was refused and not told how long. */
    private static final long PAUSE_NANOS = 100_000_000L;

    private final int number;
    private final LoadTest test;

    LoadConnection(int number, LoadTest test) {
        this.number = number;
        this.test = test;
    }

    /** Sends until all is sent, or the signal is given. */
    abstract void run();

    LoadTest test() {
        return test;
    }

    /** Writes a record; connections share no keys, because they keep no order among each other. */
    void write(ByteArrayOutputStream body, int record) {
        LoadTest.Settings settings = test.settings();
        String key = settings.keys() == 0 ? null : number + "." + record % settings.keys();
        RecordsDoor.writeRecord(
                body, key, NumberedRecord.value(settings.run(), record, settings.size()));
    }

    /** Waits after a failure, so that a service in need is not asked all the faster. */
    void pause(long retryAfterSeconds) {
        var _ = test.stop().sleep(Math.max(PAUSE_NANOS, retryAfterSeconds * 1_000_000_000L));
    }
}
