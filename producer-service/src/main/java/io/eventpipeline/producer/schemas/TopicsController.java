package io.eventpipeline.producer.schemas;

import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.topic.CleanupPolicy;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.intake.IntakeProperties;
import io.eventpipeline.producer.schemas.TopicDescription.KeyRule;
import io.eventpipeline.producer.schemas.TopicDescription.Limits;
import io.eventpipeline.producer.topics.AvailableTopic;
import io.eventpipeline.producer.topics.TopicDirectory;
import io.eventpipeline.producer.valueschemas.ValueSchemas;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The topics that can be sent to, as every door sees them: those of the catalogue, which are told
 * without asking Kafka, and those that the allow-list names and the cluster has.
 */
@RestController
@RequestMapping("/topics")
final class TopicsController {

    private final TopicDirectory topics;
    private final ValueSchemas schemas;
    private final IntakeProperties limits;

    TopicsController(TopicDirectory topics, ValueSchemas schemas, IntakeProperties limits) {
        this.topics = topics;
        this.schemas = schemas;
        this.limits = limits;
    }

    /**
     * All topics.
     *
     * @param allowed the allow-list for topics outside the catalogue
     */
    record TopicsResponse(List<TopicDescription> topics, List<String> allowed) {}

    @GetMapping
    TopicsResponse all() {
        return new TopicsResponse(
                topics.all().stream().map(this::describe).toList(), topics.allowed());
    }

    @GetMapping("/{topic}")
    TopicDescription one(@PathVariable String topic) {
        return describe(topics.require(topic)).with(schemas.of(topic).orElse(null));
    }

    private TopicDescription describe(AvailableTopic topic) {
        TopicDefinition definition = topic.definition();
        return new TopicDescription(
                topic.name(),
                topic.partitions(),
                definition.cleanup().configValue(),
                definition.retention(),
                definition.profile().name().toLowerCase(Locale.ROOT),
                acks(definition.profile()),
                topic.catalogued(),
                definition.type().map(EventTypes::nameOf).orElse(null),
                key(definition),
                new Limits(
                        topic.maxRecordBytes() == Integer.MAX_VALUE ? null : topic.maxRecordBytes(),
                        limits.maxEvents(),
                        limits.maxBodySize().toBytes()),
                null);
    }

    private static KeyRule key(TopicDefinition topic) {
        String field = EventTypeDirectory.keyOf(topic);
        return field == null
                ? new KeyRule("sender", null, topic.cleanup() != CleanupPolicy.DELETE)
                : new KeyRule("value", field, true);
    }

    private static String acks(DeliveryProfile profile) {
        return String.valueOf(profile.producerConfig().get("acks"));
    }
}
