package io.eventpipeline.consumer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.consumer.intake.ReadRecord.Poison;
import io.eventpipeline.consumer.intake.ReadRecord.Valid;
import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.stereotype.Component;

/**
 * Reads one record as an event of its topic's type. The consumers hand out bytes, so that a record
 * which cannot be read is one bad record and not a failed poll. Thread-safe.
 */
@Component
public final class RecordReader {

    private final TopicCatalogue catalogue;

    RecordReader(TopicCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Reads a record; whatever is wrong with it comes back as {@link Poison}.
     *
     * @throws IllegalArgumentException if its topic carries no events
     */
    public ReadRecord read(ConsumerRecord<byte[], byte[]> source) {
        Class<? extends Event> type =
                catalogue
                        .find(source.topic())
                        .flatMap(TopicDefinition::type)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "Topic " + source.topic() + " carries no events"));
        try {
            requireType(source, EventTypes.nameOf(type));
            byte[] value = source.value();
            if (value == null) {
                throw new PoisonRecordException(
                        PoisonReason.TOMBSTONE,
                        "The record has no value, and the topic is not compacted");
            }
            return new Valid(
                    source, CloudEventHeaders.identityOf(source), EventJson.read(value, type));
        } catch (PoisonRecordException e) {
            return new Poison(source, e);
        } catch (MalformedJsonException e) {
            return poison(source, PoisonReason.MALFORMED, e);
        } catch (InvalidEventException e) {
            return poison(source, PoisonReason.INVALID, e);
        }
    }

    /** A record without the header is a foreign producer's: its value decides. */
    private static void requireType(ConsumerRecord<?, ?> source, String expected) {
        Header header = source.headers().lastHeader(CloudEventHeaders.TYPE);
        if (header == null || header.value() == null) {
            return;
        }
        if (!expected.equals(new String(header.value(), UTF_8))) {
            throw new PoisonRecordException(
                    PoisonReason.WRONG_TYPE,
                    "The header ce_type names another type than " + expected);
        }
    }

    private static Poison poison(
            ConsumerRecord<byte[], byte[]> source, PoisonReason reason, RuntimeException cause) {
        return new Poison(
                source,
                new PoisonRecordException(reason, String.valueOf(cause.getMessage()), cause));
    }
}
