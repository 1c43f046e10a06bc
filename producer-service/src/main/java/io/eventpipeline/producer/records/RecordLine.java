package io.eventpipeline.producer.records;

import io.eventpipeline.model.json.MalformedJsonException;
import io.eventpipeline.model.json.Violation;
import io.eventpipeline.producer.topics.AvailableTopic;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/** Reads the lines of a stream for one topic, a record each. Belongs to one thread. */
public final class RecordLine {

    private final AvailableTopic topic;
    private final RecordReader reader;

    /** Reads lines for that topic. */
    public RecordLine(AvailableTopic topic) {
        this.topic = topic;
        this.reader = new RecordReader(RecordReader.Defaults.of(topic));
    }

    /**
     * Reads a line.
     *
     * @throws MalformedJsonException if it is not one JSON value
     * @throws io.eventpipeline.model.json.InvalidEventException with all that is wrong
     */
    public SentRecord read(byte[] source, int start, int length) {
        List<Violation> violations = new ArrayList<>(0);
        try (JsonParser parser =
                RecordEnvelope.JSON.createParser(
                        ObjectReadContext.empty(), source, start, length)) {
            parser.nextToken();
            SentRecord sent = reader.read(parser, source, start, violations::add);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("There is more than one JSON value in the line");
            }
            if (sent != null && sent.topic() != null && !sent.topic().equals(topic.name())) {
                violations.add(new Violation("/topic", "must be absent or the topic of the path"));
            }
            if (sent == null || !violations.isEmpty()) {
                throw RecordEnvelope.invalid(violations);
            }
            return sent;
        } catch (JacksonException e) {
            throw new MalformedJsonException(
                    "The line is not JSON"
                            + (e.getLocation() == null
                                    ? ""
                                    : ": reading stopped at column "
                                            + e.getLocation().getColumnNr()));
        }
    }
}
