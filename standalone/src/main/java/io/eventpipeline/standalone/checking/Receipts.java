package io.eventpipeline.standalone.checking;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.standalone.sending.NumberedRecord;
import io.eventpipeline.standalone.sending.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code verify-produce} printed: which of its records were stored and where, which were not,
 * and of which nobody knows. The last line may be cut off, because the sender may have been killed.
 */
public final class Receipts {

    private static final int PARTITION_SHIFT = 48;
    private static final long OFFSET_MASK = (1L << PARTITION_SHIFT) - 1;

    private final RunId run;
    private final String topic;
    private final BitSet acknowledged = new BitSet();
    private final BitSet notWritten = new BitSet();
    private final BitSet unknown = new BitSet();
    private long[] places = new long[1024];

    private Receipts(RunId run, String topic) {
        this.run = run;
        this.topic = topic;
    }

    /**
     * Reads them.
     *
     * @throws IOException if that fails, or if they do not start as those of a run do
     */
    public static Receipts read(BufferedReader lines) throws IOException {
        JsonMapper json = EventJson.mapper();
        JsonNode start = parse(json, lines.readLine());
        RunId run =
                RunId.parse(start.path("run").asString(""))
                        .orElseThrow(() ->
                                new IOException(
                                        "the first line is not the one that verify-produce begins"
                                                + " with"));
        Receipts receipts = new Receipts(run, start.path("topic").asString(""));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            receipts.add(parse(json, line));
        }
        return receipts;
    }

    private static JsonNode parse(JsonMapper json, @Nullable String line) {
        try {
            return line == null ? json.missingNode() : json.readTree(line);
        } catch (JacksonException e) {
            return json.missingNode();
        }
    }

    private void add(JsonNode line) {
        int number = line.path("number").asInt(-1);
        if (number < 0 || number >= NumberedRecord.MAX_NUMBERS) {
            return;
        }
        switch (line.path("name").asString("")) {
            case "acknowledged" -> {
                acknowledged.set(number);
                if (number >= places.length) {
                    places = Arrays.copyOf(places, Math.max(number + 1, 2 * places.length));
                }
                places[number] =
                        (line.path("partition").asLong(0) << PARTITION_SHIFT)
                                | (line.path("offset").asLong(0) & OFFSET_MASK);
            }
            case "not_written" -> notWritten.set(number);
            case "unknown" -> unknown.set(number);
            default -> {
                // The start, the summary, or what a later version adds.
            }
        }
    }

    /** The run that they belong to. */
    public RunId run() {
        return run;
    }

    /** The topic that it sent to. */
    public String topic() {
        return topic;
    }

    BitSet acknowledged() {
        return acknowledged;
    }

    boolean isNotWritten(int number) {
        return notWritten.get(number);
    }

    boolean isUnknown(int number) {
        return unknown.get(number);
    }

    int partition(int number) {
        return (int) (places[number] >>> PARTITION_SHIFT);
    }

    /** Where the receipt says it lies; -1 if nobody waited to learn that. */
    long offset(int number) {
        long offset = places[number] & OFFSET_MASK;
        return offset == OFFSET_MASK ? -1 : offset;
    }

    boolean isPlacedAt(int number, StoredRecord record) {
        return acknowledged.get(number)
                && partition(number) == record.partition()
                && offset(number) == record.offset();
    }
}
