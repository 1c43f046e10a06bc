package io.eventpipeline.connect.hostmetrics;

import java.time.Instant;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Writes a measurement as the event {@code ServerMeasured}, a CloudEvent in binary mode (Kafka
 * Protocol Binding for CloudEvents 1.0, section 3.2).
 *
 * <p>The value has a schema, so that any converter can write it; the JSON converter without schemas
 * gives the JSON that the readers of the topic expect. Times are ISO-8601 text in it, because
 * Connect's own timestamp would become a number.
 *
 * @param topic where the records go
 * @param source the events' {@code ce_source}, which names the connector
 * @param host the machine; key, subject and field
 */
record ServerMeasuredRecord(String topic, String source, String host) {

    static final String TYPE = "io.eventpipeline.server.measured.v1";

    static final Schema SCHEMA =
            SchemaBuilder.struct()
                    .name("io.eventpipeline.ServerMeasured")
                    .version(1)
                    .field("host", Schema.STRING_SCHEMA)
                    .field("cpuLoad", Schema.FLOAT64_SCHEMA)
                    .field("memoryUsedBytes", Schema.INT64_SCHEMA)
                    .field("memoryTotalBytes", Schema.INT64_SCHEMA)
                    .field("measuredAt", Schema.STRING_SCHEMA)
                    .build();

    /**
     * The record of one measurement. Its event id is made of the machine and the time, so that a
     * copy of a record carries the same identity.
     *
     * @param measuredAt in whole milliseconds, as the source offset stores it
     */
    SourceRecord of(Measurement measurement, Instant measuredAt) {
        return new SourceRecord(
                SourcePosition.partition(host),
                SourcePosition.offset(measuredAt),
                topic,
                null,
                Schema.STRING_SCHEMA,
                host,
                SCHEMA,
                value(measurement, measuredAt),
                measuredAt.toEpochMilli(),
                headers(measuredAt));
    }

    private Struct value(Measurement measurement, Instant measuredAt) {
        return new Struct(SCHEMA)
                .put("host", host)
                .put("cpuLoad", measurement.cpuLoad())
                .put("memoryUsedBytes", measurement.memoryUsedBytes())
                .put("memoryTotalBytes", measurement.memoryTotalBytes())
                .put("measuredAt", measuredAt.toString());
    }

    private Headers headers(Instant measuredAt) {
        return new ConnectHeaders()
                .addString("ce_specversion", "1.0")
                .addString("ce_id", host + "/" + measuredAt.toEpochMilli())
                .addString("ce_type", TYPE)
                .addString("ce_source", source)
                .addString("ce_time", measuredAt.toString())
                .addString("ce_subject", host)
                .addString("content-type", "application/json");
    }
}
