package io.eventpipeline.consumer.parallel;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is done with a record. Called by many threads at once, never twice at once for a key. */
@FunctionalInterface
public interface RecordTask {

    /**
     * Returns when the record is done with, for good or ill; waits and tries again as long as that
     * takes. Work that is interrupted does not count as done.
     */
    void process(ConsumerRecord<byte[], byte[]> source) throws InterruptedException;

    /**
     * How long a record has to wait before it may be processed; zero or less if it need not. Its
     * key waits with it, and a partition that is taken away does not wait for it.
     */
    default Duration dueIn(ConsumerRecord<byte[], byte[]> source) {
        return Duration.ZERO;
    }
}
