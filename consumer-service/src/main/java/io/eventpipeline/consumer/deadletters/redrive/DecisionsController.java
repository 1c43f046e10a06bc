package io.eventpipeline.consumer.deadletters.redrive;

import io.eventpipeline.consumer.deadletters.redrive.DecidedLetter.Outcome;
import io.eventpipeline.consumer.deadletters.triage.DeadLetterProperties;
import io.eventpipeline.consumer.deadletters.triage.LetterReader;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes decisions about dead letters: send back, or discard. */
@RestController
final class DecisionsController {

    /** A letter of the largest size, edited, in base64. */
    private static final int MOST_BYTES = 5 * 1024 * 1024;

    private final Decisions decisions;
    private final LetterReader reader;
    private final ProducerFactory<?, ?> producers;
    private final TopicCatalogue catalogue;
    private final DeadLetterProperties properties;

    DecisionsController(
            Decisions decisions,
            LetterReader reader,
            ProducerFactory<?, ?> producers,
            TopicCatalogue catalogue,
            DeadLetterProperties properties) {
        this.decisions = decisions;
        this.reader = reader;
        this.producers = producers;
        this.catalogue = catalogue;
        this.properties = properties;
    }

    @PostMapping(path = "/dead-letters/redrive", consumes = MediaType.APPLICATION_JSON_VALUE)
    DecisionAnswer redrive(HttpServletRequest http) throws IOException {
        DecisionRequest request = DecisionRequestReader.redrive(body(http));
        try (RedriveSender sender =
                new RedriveSender(
                        producers.getConfigurationProperties(), catalogue.environment())) {
            return decisions.decide(
                    request, new Redrive(request, reader, sender, catalogue, properties));
        }
    }

    @PostMapping(path = "/dead-letters/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    DecisionAnswer discard(HttpServletRequest http) throws IOException {
        DecisionRequest request = DecisionRequestReader.discard(body(http));
        Outcome outcome = request.dryRun() ? Outcome.WOULD_DISCARD : Outcome.DISCARDED;
        return decisions.decide(
                request,
                portion ->
                        portion.stream()
                                .map(row -> DecidedLetter.of(row.letter(), outcome, null))
                                .toList());
    }

    private static byte[] body(HttpServletRequest http) throws IOException {
        byte[] body = http.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw ProblemType.TOO_LARGE.exception(
                    "The request is larger than the limit of " + MOST_BYTES + " bytes");
        }
        return body;
    }
}
