package io.eventpipeline.producer.loglines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.EventRecords;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes the record of a line: a CloudEvent whose data is the text, without key. Stateless. */
final class LogLineRecords {

    private static final byte[] TEXT = "text/plain; charset=utf-8".getBytes(UTF_8);

    private LogLineRecords() {}

    static OutgoingRecord of(
            TopicDefinition topic,
            byte[] line,
            EventIdentity identity,
            Instant takenAt,
            @Nullable String trace) {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.write(
                new EventMetadata(identity, EventRecords.LOG_LINE_TYPE, takenAt, null, trace),
                headers);
        headers.remove(CloudEventHeaders.CONTENT_TYPE);
        headers.add(CloudEventHeaders.CONTENT_TYPE, TEXT);
        return new OutgoingRecord(
                identity.id(),
                topic,
                topic.profile(),
                null,
                null,
                line,
                headers,
                takenAt.toEpochMilli());
    }
}
