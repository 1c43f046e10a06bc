package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.commerce.Address;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.Product;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.streams.intake.ReceivedEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * An order with the parts that were found for it so far, and all that a letter about it would need:
 * the record as it was. It is also the value of the {@code waiting-orders} store, as JSON: fields
 * may be added, never renamed.
 *
 * @param customer the record's key
 * @param order the event, as far as this version knows its fields
 * @param value the record's value as it was
 * @param headers the record's headers as they were
 * @param topic where the record lies
 * @param partition where the record lies
 * @param offset where the record lies
 * @param timestamp of the record, in epoch milliseconds
 * @param since when it was read here, in epoch milliseconds of this service's clock
 * @param address the customer's address when it was looked for or came; absent while not known
 * @param product the product when it was looked for or came; absent while not known
 * @param completedAt the latest timestamp of the order and the parts found, in epoch milliseconds
 */
record WaitingOrder(
        String customer,
        OrderPlaced order,
        StoredBytes value,
        List<StoredHeader> headers,
        String topic,
        int partition,
        long offset,
        long timestamp,
        long since,
        @Nullable Address address,
        @Nullable Product product,
        long completedAt) {

    /** A record header; its value may be absent. */
    record StoredHeader(String name, @Nullable StoredBytes value) {}

    /** An order that was just read, before anything is looked up. */
    static WaitingOrder of(
            Record<String, ReceivedEvent<OrderPlaced>> record, RecordMetadata position, long now) {
        List<StoredHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            byte[] value = header.value();
            headers.add(
                    new StoredHeader(header.key(), value == null ? null : new StoredBytes(value)));
        }
        return new WaitingOrder(
                record.key(),
                record.value().event(),
                new StoredBytes(record.value().json().get()),
                headers,
                position.topic(),
                position.partition(),
                position.offset(),
                record.timestamp(),
                now,
                null,
                null,
                record.timestamp());
    }

    WaitingOrder with(Address found, long foundTimestamp) {
        return new WaitingOrder(
                customer,
                order,
                value,
                headers,
                topic,
                partition,
                offset,
                timestamp,
                since,
                found,
                product,
                Math.max(completedAt, foundTimestamp));
    }

    WaitingOrder with(Product found, long foundTimestamp) {
        return new WaitingOrder(
                customer,
                order,
                value,
                headers,
                topic,
                partition,
                offset,
                timestamp,
                since,
                address,
                found,
                Math.max(completedAt, foundTimestamp));
    }

    boolean isComplete() {
        return address != null && product != null;
    }

    /** The headers as they were, in a new collection. */
    Headers recordHeaders() {
        Headers restored = new RecordHeaders();
        for (StoredHeader header : headers) {
            StoredBytes bytes = header.value();
            restored.add(header.name(), bytes == null ? null : bytes.get());
        }
        return restored;
    }

    EventIdentity identity() {
        return CloudEventHeaders.identityOf(recordHeaders(), topic, partition, offset);
    }
}
