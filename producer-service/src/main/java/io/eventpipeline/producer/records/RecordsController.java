package io.eventpipeline.producer.records;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.intake.Answers;
import io.eventpipeline.producer.intake.DirectDoor;
import io.eventpipeline.producer.intake.InFlightLimit;
import io.eventpipeline.producer.intake.IntakeProperties;
import io.eventpipeline.producer.intake.RequestBodies;
import io.eventpipeline.producer.records.RecordReader.Defaults;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Records into any topic that senders may write to: many in a JSON envelope, for one topic or for
 * several, or one as a raw body. Answers as the typed endpoints do.
 */
@RestController
final class RecordsController implements DirectDoor.Source {

    private final InFlightLimit inFlight;
    private final RequestBodies bodies;
    private final RecordIntake intake;
    private final int maxRecords;

    RecordsController(
            InFlightLimit inFlight,
            RequestBodies bodies,
            RecordIntake intake,
            IntakeProperties properties) {
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.intake = intake;
        this.maxRecords = properties.maxEvents();
    }

    @Override
    public List<DirectDoor> directDoors() {
        return List.of(
                DirectDoor.below("/topics/{topic}/records", this::toTopic),
                DirectDoor.at("/records", this::toSeveral));
    }

    /** Records for one topic. */
    @PostMapping(
            path = "/topics/{topic}/records",
            consumes = {"application/json", "application/*+json"})
    ResponseEntity<Object> toTopic(@PathVariable String topic, HttpServletRequest request) {
        boolean atomic = atomic(request);
        RecordOptions options = options(request, atomic);
        AvailableTopic target = intake.topic(topic, options);
        return envelope(request, options, "/topics/" + topic + "/records", target, atomic);
    }

    /** Records that name their topics. */
    @PostMapping(
            path = "/records",
            consumes = {"application/json", "application/*+json"})
    ResponseEntity<Object> toSeveral(HttpServletRequest request) {
        boolean atomic = atomic(request);
        return envelope(request, options(request, atomic), "/records", null, atomic);
    }

    /** Read here, because resolving them as arguments shows in a profile of small requests. */
    private static boolean atomic(HttpServletRequest request) {
        return switch (request.getParameter("atomic")) {
            case null -> false;
            case "false" -> false;
            case "true", "" -> true;
            default ->
                    throw ProblemType.INVALID_PARAMETER.exception(
                            "Parameter 'atomic' must be true or false");
        };
    }

    private static RecordOptions options(HttpServletRequest request, boolean atomic) {
        RecordOptions options =
                RecordOptions.of(request.getParameter("acks"), request.getParameter("partitioner"));
        if (atomic && options.profile() != null && options.profile() != DeliveryProfile.CRITICAL) {
            throw ProblemType.INVALID_PARAMETER.exception(
                    "Parameter 'acks' must be all, or absent, if 'atomic' is true");
        }
        return options;
    }

    private ResponseEntity<Object> envelope(
            HttpServletRequest request,
            RecordOptions options,
            String route,
            @Nullable AvailableTopic topic,
            boolean atomic) {
        try (InFlightLimit.Share share = inFlight.enter()) {
            byte[] body = bodies.read(request, share);
            List<SentRecord> sent =
                    RecordEnvelope.read(body, Defaults.of(topic), false, maxRecords);
            RecordFactory.Request taken = intake.begin(request, options, route, true);
            List<OutgoingRecord> outgoing = intake.check(sent, topic, taken, "/records");
            return atomic
                    ? intake.sendTogether(request, route, body, outgoing, Answers::toAll)
                    : intake.send(request, route, body, outgoing, Answers::toAll);
        }
    }

    /** One record whose value is the body. */
    @PostMapping(
            path = "/topics/{topic}/records",
            consumes = {"application/octet-stream", "text/plain"})
    ResponseEntity<Object> raw(
            @PathVariable String topic,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable Integer partition,
            @RequestParam(required = false) @Nullable Long timestamp,
            @RequestParam(required = false) @Nullable String acks,
            @RequestParam(required = false) @Nullable String partitioner,
            HttpServletRequest request) {
        RecordOptions options = RecordOptions.of(acks, partitioner);
        AvailableTopic target = intake.topic(topic, options);
        try (InFlightLimit.Share share = inFlight.enter()) {
            byte[] body = bodies.readUtf8(request, share);
            SentRecord sent = RawRecord.of(body, request, key, partition, timestamp);
            String route = "/topics/" + topic + "/records";
            RecordFactory.Request taken = intake.begin(request, options, route, false);
            List<OutgoingRecord> outgoing;
            try {
                outgoing = intake.check(List.of(sent), target, taken, null);
            } catch (InvalidEventException e) {
                throw RawRecord.refused(e);
            }
            return intake.send(
                    request, route, body, outgoing, results -> Answers.toOne(results.getFirst()));
        }
    }
}
