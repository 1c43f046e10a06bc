package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.producer.intake.EventDoors;
import io.eventpipeline.producer.intake.IntakeProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /events} takes CloudEvents; {@code OPTIONS /events} says which, and answers the
 * webhook handshake. The binding forbids batches that nobody asked for: this is where they are
 * asked for, with their limits.
 */
@RestController
final class CloudEventsController {

    private static final String PATH = "/events";

    /** W3C Linked Data Platform, section 7.1: what can be posted. */
    private static final String ACCEPT_POST = "Accept-Post";

    private final CloudEventsIntake intake;
    private final WebhookHandshake handshake;
    private final Offer offer;

    CloudEventsController(
            CloudEventsIntake intake, WebhookHandshake handshake, IntakeProperties limits) {
        this.intake = intake;
        this.handshake = handshake;
        this.offer =
                new Offer(
                        List.of("1.0"),
                        List.of("binary", "structured", "batched"),
                        List.of(
                                ContentMode.STRUCTURED.jsonMediaType(),
                                ContentMode.BATCHED.jsonMediaType()),
                        limits.maxEvents(),
                        limits.maxBodySize().toBytes(),
                        EventDoors.all().stream()
                                .map(door -> EventTypes.nameOf(door.type()))
                                .toList());
    }

    /**
     * What can be sent.
     *
     * @param specversions of CloudEvents
     * @param modes of its HTTP binding
     * @param mediaTypes of structured and batched mode
     * @param maxBatchEvents the most events of a batch
     * @param maxBodyBytes the largest body
     * @param types those that have a topic of their own
     */
    private record Offer(
            List<String> specversions,
            List<String> modes,
            List<String> mediaTypes,
            int maxBatchEvents,
            long maxBodyBytes,
            List<String> types) {}

    @PostMapping(PATH)
    ResponseEntity<Object> events(HttpServletRequest request) {
        return intake.take(request);
    }

    @RequestMapping(path = PATH, method = RequestMethod.OPTIONS)
    ResponseEntity<Object> options(HttpServletRequest request) {
        HttpHeaders headers =
                handshake.answer(
                        request.getHeader(WebhookHandshake.REQUEST_ORIGIN),
                        request.getHeader(WebhookHandshake.REQUEST_RATE));
        return ResponseEntity.ok()
                .headers(headers)
                .allow(HttpMethod.POST, HttpMethod.OPTIONS)
                .header(ACCEPT_POST, WebhookHandshake.MEDIA_TYPES + ", */*")
                .contentType(MediaType.APPLICATION_JSON)
                .body(offer);
    }
}
