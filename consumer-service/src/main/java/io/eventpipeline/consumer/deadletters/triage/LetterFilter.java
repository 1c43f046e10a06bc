package io.eventpipeline.consumer.deadletters.triage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which groups are meant; what is absent does not matter.
 *
 * @param group the id of one
 * @param topic the topic of the records
 * @param component who could not process them
 * @param cause the reason, else the class of the exception
 * @param message in words, as the group shows it
 */
public record LetterFilter(
        @Nullable String group,
        @Nullable String topic,
        @Nullable String component,
        @Nullable String cause,
        @Nullable String message) {

    /** Whether every group is meant. */
    public boolean isEmpty() {
        return arguments().isEmpty();
    }

    /** A condition on {@code dead_letter_group g}, with a parameter for each argument. */
    String condition() {
        return (group == null ? "" : " AND g.id = ?")
                + (topic == null ? "" : " AND g.topic = ?")
                + (component == null ? "" : " AND g.component = ?")
                + (cause == null ? "" : " AND g.cause = ?")
                + (message == null ? "" : " AND g.message = ?");
    }

    List<Object> arguments() {
        List<Object> arguments = new ArrayList<>();
        for (String value : new @Nullable String[] {group, topic, component, cause, message}) {
            if (value != null) {
                arguments.add(value);
            }
        }
        return arguments;
    }
}
