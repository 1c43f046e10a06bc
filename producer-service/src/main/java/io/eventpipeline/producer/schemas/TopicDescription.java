package io.eventpipeline.producer.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A topic that can be sent to. The components are the JSON of the answer; what does not apply is
 * absent.
 *
 * @param name the topic
 * @param partitions how many it has
 * @param cleanup its {@code cleanup.policy}
 * @param retention how long records are kept, as an ISO-8601 duration; absent if for ever
 * @param profile how records are delivered: {@code critical}, {@code standard} or {@code lossy}
 * @param acks what {@code profile} waits for: {@code all}, {@code 1} or {@code 0}
 * @param catalogued whether it is one of the pipeline's own
 * @param eventType what its values are; absent if it takes anything
 * @param key where the record key comes from
 * @param limits what is refused before anything is sent
 * @param schema the JSON Schema of its values, if a file has one; only told of one topic
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopicDescription(
        String name,
        int partitions,
        String cleanup,
        @Nullable Duration retention,
        String profile,
        String acks,
        boolean catalogued,
        @Nullable String eventType,
        KeyRule key,
        Limits limits,
        @Nullable JsonNode schema) {

    TopicDescription with(@Nullable JsonNode schema) {
        return new TopicDescription(
                name,
                partitions,
                cleanup,
                retention,
                profile,
                acks,
                catalogued,
                eventType,
                key,
                limits,
                schema);
    }

    /**
     * Where the record key comes from.
     *
     * @param from {@code value} or {@code sender}
     * @param field which field of the value
     * @param required whether a record without key is refused
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyRule(String from, @Nullable String field, boolean required) {}

    /**
     * Limits of one request to the topic.
     *
     * @param recordBytes of a record with key and headers; absent while the cluster has not said
     * @param records of a request that is not streamed
     * @param bodyBytes of a request that is not streamed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Limits(@Nullable Integer recordBytes, int records, long bodyBytes) {}
}
