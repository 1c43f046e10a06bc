package io.eventpipeline.producer.schemas;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A type of event that can be sent. The components are the JSON of the answer.
 *
 * @param type its CloudEvents type, with its major version
 * @param topic where its events go
 * @param key the field whose value is the record key
 * @param profile how they are delivered: {@code critical}, {@code standard} or {@code lossy}
 * @param endpoints the doors made for it; each door for any topic or any CloudEvent takes it too
 * @param schema the JSON Schema of an event
 */
record EventTypeDescription(
        String type,
        String topic,
        String key,
        String profile,
        List<String> endpoints,
        ObjectNode schema) {}
