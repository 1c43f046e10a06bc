package io.eventpipeline.producer.intake;

import io.eventpipeline.producer.delivery.Receipt;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/** Writes receipts, of which there are many, member by member. Stateless. */
public final class ReceiptJson {

    // Quoted and encoded once.
    private static final SerializedString EVENT_ID = new SerializedString("eventId");
    private static final SerializedString TOPIC = new SerializedString("topic");
    private static final SerializedString PARTITION = new SerializedString("partition");
    private static final SerializedString OFFSET = new SerializedString("offset");
    private static final SerializedString TIMESTAMP = new SerializedString("timestamp");

    private ReceiptJson() {}

    /**
     * Writes a receipt.
     *
     * @throws tools.jackson.core.JacksonException if it cannot be written
     */
    public static void write(Receipt receipt, JsonGenerator generator) {
        generator.writeStartObject();
        generator.writeName(EVENT_ID);
        if (receipt.eventId() == null) {
            generator.writeNull();
        } else {
            generator.writeString(receipt.eventId());
        }
        generator.writeName(TOPIC).writeString(receipt.topic());
        generator.writeName(PARTITION).writeNumber(receipt.partition());
        generator.writeName(OFFSET).writeNumber(receipt.offset());
        generator.writeName(TIMESTAMP).writeNumber(receipt.timestamp());
        generator.writeEndObject();
    }
}
