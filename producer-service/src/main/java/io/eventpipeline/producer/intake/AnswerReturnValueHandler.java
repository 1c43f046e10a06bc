package io.eventpipeline.producer.intake;

import io.eventpipeline.producer.delivery.Receipt;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes receipts in one piece, with their length. Spring's own way looks for a converter, writes
 * chunks and flushes, which for an answer of a hundred bytes costs more than the event. Everything
 * else goes that way. Thread-safe.
 */
final class AnswerReturnValueHandler implements HandlerMethodReturnValueHandler {

    private static final int SIZE_OF_A_RECEIPT = 160;

    private final HandlerMethodReturnValueHandler others;
    private final ObjectWriter writer;

    AnswerReturnValueHandler(HandlerMethodReturnValueHandler others, JsonMapper json) {
        this.others = others;
        this.writer = json.writer();
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return ResponseEntity.class.isAssignableFrom(returnType.getParameterType())
                && others.supportsReturnType(returnType);
    }

    @Override
    public void handleReturnValue(
            @Nullable Object returnValue,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws Exception {
        if (returnValue instanceof ResponseEntity<?> answer
                && (answer.getBody() instanceof Receipt
                        || answer.getBody() instanceof Answers.Several)) {
            container.setRequestHandled(true);
            write(
                    answer,
                    json(answer.getBody()),
                    Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
        } else {
            others.handleReturnValue(returnValue, returnType, container, request);
        }
    }

    private static void write(ResponseEntity<?> answer, byte[] body, HttpServletResponse response)
            throws IOException {
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

    private byte[] json(Object body) {
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
