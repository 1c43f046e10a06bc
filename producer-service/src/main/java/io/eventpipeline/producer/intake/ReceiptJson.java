package io.eventpipeline.producer.intake;

import io.eventpipeline.producer.delivery.Receipt;
import tools.jackson.core.JsonGenerator;

/** Writes receipts, of which there are many, member by member. Stateless. */
public final class ReceiptJson {

    private ReceiptJson() {}

    /**
     * Writes a receipt.
     *
     * @throws tools.jackson.core.JacksonException if it cannot be written
     */
    public static void write(Receipt receipt, JsonGenerator generator) {
        generator.writeStartObject();
        if (receipt.eventId() == null) {
            generator.writeNullProperty("eventId");
        } else {
            generator.writeStringProperty("eventId", receipt.eventId());
        }
        generator.writeStringProperty("topic", receipt.topic());
        generator.writeNumberProperty("partition", receipt.partition());
        generator.writeNumberProperty("offset", receipt.offset());
        generator.writeNumberProperty("timestamp", receipt.timestamp());
        generator.writeEndObject();
    }
}
