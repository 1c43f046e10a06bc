package io.eventpipeline.connect.http;

import java.util.Locale;

/**
 * What the bulk API of a search index is told to do with a record: to store its value under the
 * record's key, or to delete that for a record without value. Sent twice it has the same result; a
 * record without key is therefore stored under its place in Kafka.
 *
 * @param index the index; {@code ${topic}} stands for the record's topic
 */
record BulkActions(String index, JsonValues values) {

    private static final String TOPIC = "${topic}";

    String actionOf(Line line) {
        Object key = line.sinkRecord().key();
        String id =
                key == null ? line.place().replace('/', '+') : values.keyOf(line.sinkRecord(), key);
        String topic = line.sinkRecord().topic();
        return "{\"%s\":{\"_index\":%s,\"_id\":%s}}"
                .formatted(
                        line.isTombstone() ? "delete" : "index",
                        JsonValues.quoted(index.replace(TOPIC, topic).toLowerCase(Locale.ROOT)),
                        JsonValues.quoted(id));
    }
}
