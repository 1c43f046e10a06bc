package io.eventpipeline.model.topic;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for topic names. Kafka has most of them; two are ours, because Kafka 4.2 lets anyone
 * create an internal topic while it does not exist yet, and because a name cannot be changed later.
 */
public final class TopicNames {

    /** The longest name in characters: a folder is named after topic and partition. */
    public static final int MAX_LENGTH = 249;

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final Pattern PART = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private TopicNames() {}

    /** Says why a name is refused; empty if it is not. */
    public static Optional<String> refusalOf(String name) {
        if (name.isEmpty()) {
            return Optional.of("a topic name must not be empty");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("a topic must not be named . or .., which are folders");
        }
        if (name.length() > MAX_LENGTH) {
            return Optional.of(
                    "a topic name has at most %d characters, this one has %d"
                            .formatted(MAX_LENGTH, name.length()));
        }
        if (!LEGAL.matcher(name).matches()) {
            return Optional.of("a topic name consists of letters, digits, '.', '_' and '-'");
        }
        if (isInternal(name)) {
            return Optional.of(
                    "names that begin with two underscores belong to Kafka's internal topics");
        }
        return Optional.empty();
    }

    /**
     * Returns the name if it is not refused.
     *
     * @throws IllegalArgumentException with the name and the reason
     */
    public static String requireValid(String name) {
        refusalOf(name)
                .ifPresent(reason -> {
                    throw new IllegalArgumentException(
                            "Topic name '" + name + "' is refused: " + reason);
                });
        return name;
    }

    /** Whether a name is that of an internal topic of Kafka, existing or not. */
    public static boolean isInternal(String name) {
        return name.startsWith("__");
    }

    /** A warning about a name that is legal and yet a trap; empty if there is none. */
    public static Optional<String> warningFor(String name) {
        return name.contains(".") && name.contains("_")
                ? Optional.of(
                        "topic "
                                + name
                                + " mixes '.' and '_': metric names replace one by the other, and"
                                + " Kafka refuses a topic that differs from another only in them")
                : Optional.empty();
    }

    /** The existing topic whose metric name a new one would share, which makes Kafka refuse it. */
    public static Optional<String> collisionOf(String name, Collection<String> existing) {
        String unified = name.replace('.', '_');
        return existing.stream()
                .filter(other -> !other.equals(name) && other.replace('.', '_').equals(unified))
                .findFirst();
    }

    /** Whether a name follows {@code <project>.<service>.<environment>.<event>}. */
    public static boolean followsConvention(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }

    static void requireValidPart(String part) {
        if (!PART.matcher(part).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + part
                            + "' cannot be part of a topic name: lower-case letters, digits and"
                            + " single dashes between them");
        }
    }
}
