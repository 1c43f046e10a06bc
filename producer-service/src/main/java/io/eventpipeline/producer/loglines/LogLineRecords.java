package io.eventpipeline.producer.loglines;

import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.EventRecords;
import io.eventpipeline.producer.intake.TraceContext;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes the record of a line: a CloudEvent whose data is the text, without key. Stateless. */
final class LogLineRecords {

    private static final String TEXT = "text/plain; charset=utf-8";

    private LogLineRecords() {}

    static OutgoingRecord of(
            TopicDefinition topic,
            byte[] line,
            EventIdentity identity,
            Instant takenAt,
            @Nullable TraceContext trace) {
        Headers headers = new RecordHeaders();
        EventRecords.identifyLine(headers, identity, takenAt, TEXT, trace);
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
