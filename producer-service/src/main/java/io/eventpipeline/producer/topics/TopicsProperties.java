package io.eventpipeline.producer.topics;

import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which topics can be sent to beside those of the catalogue.
 *
 * @param allowed names of topics outside the catalogue, each with {@code *} at its end for all that
 *     begin so; internal topics, changelogs, repartition topics and dead letters stay refused
 * @param refresh how old the known facts of a topic may get before the cluster is asked again, in
 *     the background
 * @param unknownFor how long a topic that does not exist is not asked for again
 */
@Validated
@ConfigurationProperties("pipeline.producer.topics")
public record TopicsProperties(
        @DefaultValue List<String> allowed,
        @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(minutes = 30) Duration refresh,
        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
                Duration unknownFor) {

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if one can be no topic's name
     */
    public TopicsProperties {
        allowed = List.copyOf(allowed);
        for (String pattern : allowed) {
            if (!pattern.matches("[a-zA-Z0-9._-]*\\*?") || pattern.isEmpty()) {
                throw new IllegalArgumentException(
                        "pipeline.producer.topics.allowed has '"
                                + pattern
                                + "': a topic name, or its beginning with * at the end");
            }
        }
    }

    boolean allows(String topic) {
        return allowed.stream()
                .anyMatch(pattern ->
                        pattern.endsWith("*")
                                ? topic.startsWith(pattern.substring(0, pattern.length() - 1))
                                : topic.equals(pattern));
    }
}
