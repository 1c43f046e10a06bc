package io.eventpipeline.benchmarks.streaming;

import io.eventpipeline.model.topic.PipelineTopic;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one topology is measured with. */
public interface Workload {

    /** What tables call it. */
    String name();

    /** Settings of streams-service that leave this topology alone. */
    List<String> serviceSettings();

    /** The topic of which each event is worked on. */
    PipelineTopic input();

    /** What else is read, partition by partition, and has to be read before the first event. */
    List<PipelineTopic> tables();

    /** The topic of results. */
    PipelineTopic output();

    /** The bare program that does the same. */
    BareTopology bare();

    /** What has to be there before the first event. */
    void prepare(String bootstrapServers);

    /** Puts so many events into the input. */
    void fill(String bootstrapServers, int count);

    /** How many events are in the results. */
    Tally tally();

    /** Which door of producer-service takes the events. */
    String door();

    /** Events that are sent at planned times. */
    PacedEvents paced(int count, Instant begin, int perSecond);

    /** Counts what results say; used by one thread. */
    interface Tally {

        void add(ConsumerRecord<byte[], byte[]> result);

        /** How many events are in the results so far. */
        long events();
    }

    /** Knows which events a result has in it; used by one thread at a time. */
    interface PacedEvents {

        /** The body of a request. */
        byte[] body(int number);

        /** The events, by number, that are in this result and were in none before. */
        List<Integer> newlyIn(ConsumerRecord<byte[], byte[]> result);
    }
}
