package io.eventpipeline.consumer.steering;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an operator asks of {@code POST /listeners/{id}/seek}.
 *
 * @param to what the value means
 * @param value the offset, the epoch milliseconds or the distance; 0 where none is taken
 * @param topic the one topic to seek in; null for all of the group
 * @param partitions the partitions of the topic; empty for all
 * @param dryRun whether only to say what would happen
 */
record SeekRequest(
        To to, long value, @Nullable String topic, Set<Integer> partitions, boolean dryRun) {

    private static final Set<String> FIELDS =
            Set.of("to", "value", "topic", "partitions", "dryRun");

    /** Where to. */
    enum To {
        EARLIEST,
        LATEST,
        OFFSET,
        TIMESTAMP,
        RELATIVE;

        boolean takesValue() {
            return this != EARLIEST && this != LATEST;
        }

        static Optional<To> named(String name) {
            return Arrays.stream(values()).filter(to -> to.toString().equals(name)).findFirst();
        }

        /** As requests and answers say it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a request.
     *
     * @throws org.springframework.web.ErrorResponseException with status 422 and all that is wrong
     */
    static SeekRequest read(byte[] json) {
        CommandBody body = new CommandBody(json, FIELDS);
        String name = body.text("to");
        Optional<To> to = To.named(String.valueOf(name));
        if (to.isEmpty()) {
            body.violate("to", "must be one of " + Arrays.toString(To.values()));
        }
        long value = to.map(known -> value(known, body)).orElse(0L);
        String topic = body.text("topic");
        Set<Integer> partitions = partitions(body);
        if (!partitions.isEmpty() && topic == null) {
            body.violate("topic", "is required with partitions");
        }
        boolean dryRun = body.flag("dryRun");
        body.requireValid();
        return new SeekRequest(to.orElseThrow(), value, topic, partitions, dryRun);
    }

    private static long value(To to, CommandBody body) {
        JsonNode value = body.field("value");
        if (!to.takesValue()) {
            if (value != null) {
                body.violate("value", "is not taken by " + to);
            }
            return 0;
        }
        if (value == null) {
            body.violate("value", "is required by " + to);
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            long number = value.longValue();
            if (number < 0 && to != To.RELATIVE) {
                body.violate("value", "must not be negative");
            }
            return number;
        } else if (to == To.TIMESTAMP && value.isString()) {
            return instant(value.stringValue(), body);
        } else {
            body.violate(
                    "value",
                    to == To.TIMESTAMP
                            ? "must be epoch milliseconds or an ISO-8601 instant"
                            : "must be a whole number");
        }
        return 0;
    }

    private static long instant(String text, CommandBody body) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            body.violate("value", "must be epoch milliseconds or an ISO-8601 instant");
            return 0;
        }
    }

    private static Set<Integer> partitions(CommandBody body) {
        JsonNode given = body.field("partitions");
        Set<Integer> partitions = new TreeSet<>();
        if (given == null) {
            return partitions;
        }
        if (!given.isArray() || given.isEmpty()) {
            body.violate("partitions", "must be an array of partition numbers");
            return partitions;
        }
        for (JsonNode partition : given) {
            if (CommandBody.isInteger(partition)) {
                partitions.add(partition.intValue());
            } else {
                body.violate("partitions", "must be an array of partition numbers");
            }
        }
        return partitions;
    }
}
