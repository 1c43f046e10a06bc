package io.eventpipeline.producer.records;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.producer.delivery.DeliveryFailure;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.delivery.Receipt;
import io.eventpipeline.producer.intake.Answers;
import io.eventpipeline.producer.intake.InFlightLimit;
import io.eventpipeline.producer.intake.IntakeProperties;
import io.eventpipeline.producer.intake.RequestBodies;
import io.eventpipeline.producer.records.RecordReader.Defaults;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The v2 form of the Strimzi Kafka Bridge and the Confluent REST Proxy, so that their clients need
 * only another address. Two differences are on purpose: the status tells the truth (they answer 200
 * when nothing was stored), and a JSON string as key is stored without its quotes, so that it lands
 * on the partition that native clients use.
 */
@RestController
final class V2RecordsController {

    private static final String JSON = "application/vnd.kafka.json.v2+json";
    private static final String BINARY = "application/vnd.kafka.binary.v2+json";
    private static final String TEXT = "application/vnd.kafka.text.v2+json";
    private static final MediaType ANSWER = MediaType.valueOf("application/vnd.kafka.v2+json");

    private static final Defaults JSON_RECORDS =
            new Defaults(RecordFormat.TEXT, RecordFormat.JSON, true);
    private static final Defaults BINARY_RECORDS =
            new Defaults(RecordFormat.BASE64, RecordFormat.BASE64, true);
    private static final Defaults TEXT_RECORDS =
            new Defaults(RecordFormat.TEXT, RecordFormat.TEXT, true);

    private final InFlightLimit inFlight;
    private final RequestBodies bodies;
    private final RecordIntake intake;
    private final int maxRecords;

    V2RecordsController(
            InFlightLimit inFlight,
            RequestBodies bodies,
            RecordIntake intake,
            IntakeProperties properties) {
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.intake = intake;
        this.maxRecords = properties.maxEvents();
    }

    private record Stored(int partition, long offset) {}

    /** {@code message} is the bridge's word, {@code error} the proxy's. */
    private record NotStored(
            @JsonProperty("error_code") int errorCode, String message, String error) {}

    private record Failure(@JsonProperty("error_code") int errorCode, String message) {}

    /** Records whose partition their key or they themselves decide. */
    @PostMapping(
            path = "/topics/{topic}",
            consumes = {JSON, BINARY, TEXT})
    ResponseEntity<Object> toTopic(@PathVariable String topic, HttpServletRequest request) {
        return send(topic, null, "/topics/" + topic, request);
    }

    /** Records for one partition. */
    @PostMapping(
            path = "/topics/{topic}/partitions/{partition}",
            consumes = {JSON, BINARY, TEXT})
    ResponseEntity<Object> toPartition(
            @PathVariable String topic, @PathVariable int partition, HttpServletRequest request) {
        return send(topic, partition, "/topics/" + topic + "/partitions/" + partition, request);
    }

    private ResponseEntity<Object> send(
            String topic, @Nullable Integer partition, String route, HttpServletRequest request) {
        RecordOptions options = RecordOptions.of(null, null);
        AvailableTopic target = intake.topic(topic, options);
        try (InFlightLimit.Share share = inFlight.enter()) {
            byte[] body = bodies.read(request, share);
            List<SentRecord> sent =
                    RecordEnvelope.read(body, defaults(request), true, maxRecords).stream()
                            .map(one -> partition == null ? one : one.to(partition))
                            .toList();
            RecordFactory.Request taken = intake.begin(request, options, "/topics/" + topic, true);
            List<OutgoingRecord> outgoing = intake.check(sent, target, taken, "/records");
            return intake.send(request, route, body, outgoing, V2RecordsController::toAnswer);
        }
    }

    private static ResponseEntity<Object> toAnswer(List<DeliveryResult> results) {
        return Answers.withStatusOfAll(results)
                .contentType(ANSWER)
                .body(Map.of("offsets", results.stream().map(V2RecordsController::entry).toList()));
    }

    private static Defaults defaults(HttpServletRequest request) {
        String contentType = Objects.requireNonNull(request.getContentType());
        MediaType type = MediaType.parseMediaType(contentType);
        if (MediaType.valueOf(BINARY).equalsTypeAndSubtype(type)) {
            return BINARY_RECORDS;
        }
        return MediaType.valueOf(TEXT).equalsTypeAndSubtype(type) ? TEXT_RECORDS : JSON_RECORDS;
    }

    private static Object entry(DeliveryResult result) {
        return switch (result) {
            case Receipt receipt -> new Stored(receipt.partition(), receipt.offset());
            case DeliveryFailure failure ->
                    new NotStored(
                            failure.type().status().value(), failure.detail(), failure.detail());
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(ErrorResponseException e) {
        return failure(e.getStatusCode(), e.getHeaders(), String.valueOf(e.getBody().getDetail()));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(InvalidEventException e) {
        return failure(
                ProblemType.INVALID_EVENT.status(),
                HttpHeaders.EMPTY,
                String.join("; ", e.violations().stream().map(Object::toString).toList()));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(MalformedJsonException e) {
        return failure(HttpStatus.BAD_REQUEST, HttpHeaders.EMPTY, String.valueOf(e.getMessage()));
    }

    private static ResponseEntity<Object> failure(
            HttpStatusCode status, HttpHeaders headers, String message) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(ANSWER)
                .body(new Failure(status.value(), message));
    }
}
