package io.eventpipeline.model.topic;

import io.eventpipeline.model.event.Event;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The topics of the pipeline in one environment: {@code <project>.<service>.<environment>.<event>},
 * and a dead-letter topic for each but those that a service keeps for itself. Immutable and
 * thread-safe.
 */
public final class TopicCatalogue {

    private final String environment;
    private final Map<PipelineTopic, TopicDefinition> topics = new EnumMap<>(PipelineTopic.class);
    private final Map<String, TopicDefinition> byName = new LinkedHashMap<>();

    /**
     * Creates the catalogue of an environment.
     *
     * @param environment the third part of each topic name, such as {@code dev}: lower-case
     *     letters, digits and dashes
     * @throws IllegalArgumentException if it is anything else
     */
    public TopicCatalogue(String environment) {
        TopicNames.requireValidPart(environment);
        this.environment = environment;
        for (PipelineTopic topic : PipelineTopic.values()) {
            TopicDefinition definition = topic.in(environment);
            topics.put(topic, definition);
            byName.put(definition.name(), definition);
            if (!definition.audience().isService()) {
                TopicDefinition deadLetter = definition.deadLetter();
                byName.put(deadLetter.name(), deadLetter);
            }
        }
    }

    /** The environment of all names. */
    public String environment() {
        return environment;
    }

    /** The definition of a topic in this environment. */
    public TopicDefinition get(PipelineTopic topic) {
        TopicDefinition definition = topics.get(topic);
        if (definition == null) {
            throw new IllegalArgumentException("Not in the catalogue: " + topic);
        }
        return definition;
    }

    /** The name of a topic in this environment. */
    public String name(PipelineTopic topic) {
        return get(topic).name();
    }

    /** The name of the dead-letter topic of a topic in this environment. */
    public String deadLetterName(PipelineTopic topic) {
        return name(topic) + TopicDefinition.DEAD_LETTER_SUFFIX;
    }

    /** The definition of the topic with that name, dead-letter topics included. */
    public Optional<TopicDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The topics whose values are events of that type, in the order of the catalogue. */
    public List<TopicDefinition> findByType(Class<? extends Event> type) {
        return topics.values().stream().filter(topic -> type == topic.eventType()).toList();
    }

    /**
     * The definitions of some topics, each with its dead-letter topic, as a provisioner takes them.
     */
    public List<TopicDefinition> withDeadLetters(PipelineTopic... some) {
        return Arrays.stream(some)
                .map(this::get)
                .<TopicDefinition>mapMulti((topic, sink) -> {
                    sink.accept(topic);
                    find(topic.name() + TopicDefinition.DEAD_LETTER_SUFFIX).ifPresent(sink);
                })
                .toList();
    }

    /** All topics, dead-letter topics included, in the order of the catalogue. */
    public Collection<TopicDefinition> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
