package io.eventpipeline.streams.queries;

import io.eventpipeline.model.topic.PipelineTopic;
import org.apache.kafka.streams.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * A question for what one key of a source topic led to.
 *
 * @param store the store to ask
 * @param source the topic whose partitions the store has
 * @param key the key in that topic, which says what partition to ask
 * @param query what to ask there
 * @param before a look into another store of the same partition, before the query; null for none
 * @param reader makes the answer
 * @param <R> what Kafka Streams finds
 * @param <T> the answer
 */
record KeyQuestion<R, T>(
        String store,
        PipelineTopic source,
        String key,
        Query<R> query,
        @Nullable Before before,
        Reader<R, T> reader) {

    /** A key in a key-value store. */
    record Before(String store, String key) {}

    /** Makes an answer of what was found. */
    @FunctionalInterface
    interface Reader<R, T> {

        /**
         * Makes the answer, or null if there is nothing; closes iterators.
         *
         * @param found what the query found
         * @param before what was found before; null if nothing
         */
        @Nullable T read(@Nullable R found, @Nullable Object before);
    }
}
