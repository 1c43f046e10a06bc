package io.eventpipeline.connect.http;

import org.apache.kafka.connect.sink.SinkRecord;

/** A record with its value as JSON on one line, ready to be sent. */
final class Line {

    private final SinkRecord sinkRecord;
    private final byte[] json;

    /**
     * A line of a body.
     *
     * @param json the text {@code null} for a record without value
     */
    Line(SinkRecord sinkRecord, byte[] json) {
        this.sinkRecord = sinkRecord;
        this.json = json;
    }

    SinkRecord sinkRecord() {
        return sinkRecord;
    }

    byte[] json() {
        return json;
    }

    boolean isTombstone() {
        return sinkRecord.value() == null;
    }

    /** Where the record lies in Kafka, whatever transforms made of it. */
    String place() {
        return "%s/%d/%d"
                .formatted(
                        sinkRecord.originalTopic(),
                        sinkRecord.originalKafkaPartition(),
                        sinkRecord.originalKafkaOffset());
    }
}
