package io.eventpipeline.consumer.deadletters.redrive;

import io.eventpipeline.consumer.deadletters.redrive.DecidedLetter.Outcome;
import io.eventpipeline.consumer.deadletters.redrive.RedriveSender.TooLargeException;
import io.eventpipeline.consumer.deadletters.triage.DeadLetterProperties;
import io.eventpipeline.consumer.deadletters.triage.FailureHeaders;
import io.eventpipeline.consumer.deadletters.triage.LetterPosition;
import io.eventpipeline.consumer.deadletters.triage.LetterReader;
import io.eventpipeline.consumer.deadletters.triage.LetterReader.Letters;
import io.eventpipeline.consumer.deadletters.triage.LetterRow;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicDefinition.Audience;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;

/**
 * Sends letters back to the topics of their records, in the order in which those lay there: reads a
 * portion from Kafka, sends it in one Kafka transaction, and marks it in the database. A crash
 * between the last two leaves the letters open: sent again, they are the same events, and each
 * table drops the copy. Letters of several components about one record are sent once. For one
 * request and one thread.
 */
final class Redrive implements Decisions.Action {

    private static final Duration TIME_FOR_READING = Duration.ofSeconds(3);
    private static final int RETRY_AFTER_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(Redrive.class);

    private final DecisionRequest request;
    private final LetterReader reader;
    private final RedriveSender sender;
    private final TopicCatalogue catalogue;
    private final DeadLetterProperties properties;

    Redrive(
            DecisionRequest request,
            LetterReader reader,
            RedriveSender sender,
            TopicCatalogue catalogue,
            DeadLetterProperties properties) {
        this.request = request;
        this.reader = reader;
        this.sender = sender;
        this.catalogue = catalogue;
        this.properties = properties;
    }

    @Override
    public List<DecidedLetter> decide(List<LetterRow> portion) {
        if (!request.dryRun()) {
            sender.begin();
        }
        Letters letters = read(portion);
        Map<LetterPosition, DecidedLetter> refused = new HashMap<>();
        while (true) {
            try {
                return decide(portion, letters, refused);
            } catch (TooLargeException e) {
                LetterRow row = sendable(portion, letters, refused).get(e.index());
                refused.put(row.letter(), refuse(row, "It is larger than its topic takes"));
            }
        }
    }

    @Override
    public ErrorResponseException notKept(RuntimeException cause) {
        log.warn("Dead letters were sent back, but it is not noted", cause);
        return ProblemType.OUTCOME_UNKNOWN.exception(
                "The records were sent, but the database did not note it; send the request again:"
                        + " what is stored already is dropped by the id of its event",
                RETRY_AFTER_SECONDS);
    }

    private List<DecidedLetter> decide(
            List<LetterRow> portion, Letters letters, Map<LetterPosition, DecidedLetter> refused) {
        List<LetterRow> rows = sendable(portion, letters, refused);
        List<ProducerRecord<byte[], byte[]>> records =
                rows.stream().map(row -> record(row, letters)).toList();
        List<RecordMetadata> stored =
                request.dryRun() || records.isEmpty() ? List.of() : sender.send(records);
        Map<LetterPosition, DecidedLetter> bySource = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            bySource.put(
                    rows.get(i).source(),
                    decided(rows.get(i), records.get(i), stored.isEmpty() ? null : stored.get(i)));
        }
        return portion.stream()
                .map(row -> {
                    DecidedLetter no = refusal(row, letters, refused);
                    DecidedLetter sent = bySource.get(row.source());
                    return no != null || sent == null
                            ? Objects.requireNonNull(no)
                            : new DecidedLetter(
                                    row.letter(),
                                    sent.outcome(),
                                    sent.letter().equals(row.letter())
                                            ? null
                                            : "Sent once, with " + sent.letter(),
                                    sent.eventId(),
                                    sent.attempt(),
                                    sent.topic(),
                                    sent.partition(),
                                    sent.offset());
                })
                .toList();
    }

    /** Those that can be sent, one for each record that failed. */
    private List<LetterRow> sendable(
            List<LetterRow> portion, Letters letters, Map<LetterPosition, DecidedLetter> refused) {
        Map<LetterPosition, LetterRow> bySource = new LinkedHashMap<>();
        for (LetterRow row : portion) {
            if (refusal(row, letters, refused) == null) {
                bySource.putIfAbsent(row.source(), row);
            }
        }
        return new ArrayList<>(bySource.values());
    }

    private @Nullable DecidedLetter refusal(
            LetterRow row, Letters letters, Map<LetterPosition, DecidedLetter> refused) {
        ConsumerRecord<byte[], byte[]> letter = letters.found().get(row.letter());
        if (letter == null) {
            return DecidedLetter.of(row.letter(), Outcome.GONE, "Retention removed it");
        }
        if (refused.containsKey(row.letter())) {
            return refused.get(row.letter());
        }
        if (row.attempts() >= properties.maxAttempts()) {
            return refuse(
                    row,
                    "It was sent back %d times and failed again each time: mend the cause, then"
                                    .formatted(row.attempts())
                            + " raise pipeline.consumer.dead-letters.max-attempts, or discard it");
        }
        if (FailureHeaders.isValueOmitted(letter.headers()) && request.edit().value() == null) {
            return refuse(
                    row,
                    "The letter has no value, because it would have been too large: read it at "
                            + row.source()
                            + " and send it as edited");
        }
        boolean known =
                catalogue.find(row.source().topic()).map(TopicDefinition::audience).stream()
                        .anyMatch(audience ->
                                audience == Audience.SENDERS || audience == Audience.TOPOLOGIES);
        return known
                ? null
                : refuse(row, "Topic " + row.source().topic() + " is not one of the pipeline's");
    }

    private static DecidedLetter refuse(LetterRow row, String detail) {
        return DecidedLetter.of(row.letter(), Outcome.REFUSED, detail);
    }

    private ProducerRecord<byte[], byte[]> record(LetterRow row, Letters letters) {
        return RedrivenRecord.of(
                row, Objects.requireNonNull(letters.found().get(row.letter())), request.edit());
    }

    private DecidedLetter decided(
            LetterRow row, ProducerRecord<byte[], byte[]> record, @Nullable RecordMetadata stored) {
        return new DecidedLetter(
                row.letter(),
                stored == null ? Outcome.WOULD_SEND : Outcome.SENT,
                null,
                CloudEventHeaders.identityOf(
                                record.headers(),
                                row.source().topic(),
                                row.source().partition(),
                                row.source().offset())
                        .id(),
                row.attempts() + 1,
                record.topic(),
                stored == null ? record.partition() : Integer.valueOf(stored.partition()),
                stored == null ? null : Long.valueOf(stored.offset()));
    }

    private Letters read(List<LetterRow> portion) {
        try {
            Letters letters =
                    reader.read(portion.stream().map(LetterRow::letter).toList(), TIME_FOR_READING);
            if (letters.found().size() + letters.gone().size() == portion.size()) {
                return letters;
            }
            log.warn("Not all of {} dead letters were read in time", portion.size());
        } catch (KafkaException e) {
            log.warn("Dead letters could not be read: {}", e.getMessage());
        }
        throw ProblemType.KAFKA_UNAVAILABLE.exception(
                "The letters could not be read in time; none of them was sent",
                RETRY_AFTER_SECONDS);
    }
}
