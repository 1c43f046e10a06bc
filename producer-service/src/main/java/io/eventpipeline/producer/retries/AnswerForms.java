package io.eventpipeline.producer.retries;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.producer.retries.ledger.StoredAnswer;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.starter.problem.Problems;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.json.JsonMapper;

/** Turns answers into what is stored, and back. Stateless. */
final class AnswerForms {

    private static final Logger log = LoggerFactory.getLogger(AnswerForms.class);

    private final JsonMapper json;

    /**
     * Uses the service's own mapper.
     *
     * @param json the one that writes answers which are not stored
     */
    AnswerForms(JsonMapper json) {
        this.json = json;
    }

    /** Writes the body once: what is stored is what is answered. */
    StoredAnswer toStored(ResponseEntity<?> answer, String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.getHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        Object body = answer.getBody();
        if (body instanceof ProblemDetail problem && problem.getInstance() == null) {
            problem.setInstance(URI.create(path));
        }
        String text =
                switch (body) {
                    case null -> "";
                    case byte[] bytes -> new String(bytes, UTF_8);
                    case String plain -> plain;
                    default -> {
                        headers.putIfAbsent(
                                HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
                        yield json.writeValueAsString(body);
                    }
                };
        return new StoredAnswer(answer.getStatusCode().value(), headers, text);
    }

    /** The answer as it is sent. */
    ResponseEntity.BodyBuilder toHeaders(StoredAnswer stored) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(stored.status());
        stored.headers().forEach((name, value) -> answer.header(name, value));
        return answer;
    }

    /** What a client would be told of an exception, for those that ask later. */
    ResponseEntity<Object> toAnswer(RuntimeException failure) {
        HttpHeaders headers = new HttpHeaders();
        ProblemDetail problem =
                switch (failure) {
                    case ErrorResponse response -> {
                        headers.addAll(response.getHeaders());
                        yield response.getBody();
                    }
                    case InvalidEventException invalid -> Problems.of(invalid);
                    case MalformedJsonException malformed ->
                            ProblemType.MALFORMED_BODY.detail(
                                    String.valueOf(malformed.getMessage()));
                    default -> {
                        log.error("A request in the background failed", failure);
                        yield ProblemType.INTERNAL.detail(
                                "The service failed; its log has the cause");
                    }
                };
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** A stored body as a part of another: JSON as it is, anything else as text. */
    Object embedded(StoredAnswer stored) {
        String type = stored.headers().getOrDefault(HttpHeaders.CONTENT_TYPE, "");
        return type.contains("json") ? json.readTree(stored.body()) : stored.body();
    }
}
