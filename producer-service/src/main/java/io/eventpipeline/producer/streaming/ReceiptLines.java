package io.eventpipeline.producer.streaming;

import io.eventpipeline.producer.delivery.DeliveryFailure;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.Receipt;
import io.eventpipeline.producer.intake.Answers;
import io.eventpipeline.producer.intake.ReceiptJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The answer to a stream: a line for each record. Belongs to one thread. */
final class ReceiptLines {

    private static final int BUFFER = 32 * 1024;

    private final OutputStream out;
    private final ObjectWriter writer;
    private final JsonGenerator generator;

    /** Begins the answer, so that the sender knows that it can go on. */
    ReceiptLines(JsonMapper json, HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.OK.value());
        response.setContentType("application/x-ndjson");
        // RFC 9110 has no word for it; widely used proxies hold an answer back without it.
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        writer =
                json.writer()
                        .without(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                        .withRootValueSeparator("");
        generator = writer.createGenerator(out);
    }

    /**
     * Writes a line; it may stay in the buffer.
     *
     * @throws IOException if the sender does not read
     */
    void write(long index, DeliveryResult result) throws IOException {
        switch (result) {
            case Receipt receipt -> write(receipt);
            case DeliveryFailure failure -> write(index, Answers.problem(failure));
        }
    }

    private void write(Receipt receipt) throws IOException {
        try {
            ReceiptJson.write(receipt, generator);
            generator.writeRaw('\n');
        } catch (JacksonException e) {
            throw new IOException(e);
        }
    }

    /**
     * Writes the problem of a line.
     *
     * @throws IOException if the sender does not read
     */
    void write(long index, ProblemDetail problem) throws IOException {
        problem.setProperty("index", index);
        try {
            writer.writeValue(generator, problem);
            generator.writeRaw('\n');
        } catch (JacksonException e) {
            throw new IOException(e);
        }
    }

    /**
     * Sends what is in the buffer.
     *
     * @throws IOException if the sender does not read
     */
    void flush() throws IOException {
        try {
            generator.flush();
        } catch (JacksonException e) {
            throw new IOException(e);
        }
        out.flush();
    }
}
