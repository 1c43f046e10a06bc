package io.eventpipeline.systemtests.load;

import io.eventpipeline.model.json.EventJson;
import tools.jackson.databind.JsonNode;

/**
 * Producer-service's answer to a stored event.
 *
 * @param eventId the CloudEvent's id
 * @param topic the topic
 * @param partition the partition
 * @param offset the record's offset
 */
public record Receipt(String eventId, String topic, int partition, long offset) {

    static Receipt parse(String json) {
        JsonNode node = EventJson.readTree(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Receipt(
                node.required("eventId").stringValue(),
                node.required("topic").stringValue(),
                node.required("partition").intValue(),
                node.required("offset").longValue());
    }
}
