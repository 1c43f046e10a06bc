package io.eventpipeline.producer.intake;

import io.eventpipeline.producer.delivery.Receipt;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes receipts in one piece, with their length. Spring's own way looks for a converter, writes
 * chunks and flushes, which for an answer of a hundred bytes costs more than the event.
 * Thread-safe.
 */
final class AnswerWriter {

    private static final int SIZE_OF_A_RECEIPT = 160;

    private final ObjectWriter writer;

    AnswerWriter(JsonMapper json) {
        this.writer = json.writer();
    }

    /** Whether it writes answers with that body; all others are Spring's. */
    static boolean writes(@Nullable Object body) {
        return body instanceof Receipt || body instanceof Answers.Several;
    }

    /** Writes an answer whose body it {@link #writes}. */
    void write(ResponseEntity<?> answer, HttpServletResponse response) throws IOException {
        byte[] body = json(answer.getBody());
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders()
                .forEach(
                        (name, values) -> values.forEach(value -> response.addHeader(name, value)));
        if (answer.getHeaders().getContentType() == null) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] json(@Nullable Object body) {
        int records = body instanceof Answers.Several several ? several.records().size() : 1;
        ByteArrayBuilder bytes = new ByteArrayBuilder(SIZE_OF_A_RECEIPT * records);
        try (JsonGenerator generator = writer.createGenerator(bytes)) {
            if (body instanceof Receipt receipt) {
                ReceiptJson.write(receipt, generator);
            } else if (body instanceof Answers.Several several) {
                generator.writeStartObject();
                generator.writeArrayPropertyStart("records");
                for (Object entry : several.records()) {
                    if (entry instanceof Receipt receipt) {
                        ReceiptJson.write(receipt, generator);
                    } else {
                        writer.writeValue(generator, entry);
                    }
                }
                generator.writeEndArray();
                generator.writeEndObject();
            }
        }
        return bytes.toByteArray();
    }
}
