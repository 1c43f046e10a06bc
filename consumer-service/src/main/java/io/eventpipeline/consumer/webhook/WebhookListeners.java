package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.listening.KafkaOffsetGroups;
import io.eventpipeline.consumer.webhook.WebhookProperties.From;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listener of the events' own topics, and one for the retry topics of each number. */
final class WebhookListeners implements KafkaOffsetGroups {

    private final List<WebhookListener> all = new ArrayList<>();

    WebhookListeners(
            WebhookProperties properties,
            TopicCatalogue catalogue,
            WebhookCalls calls,
            WebhookDeadLetters deadLetters,
            RetryTopics retries) {
        all.add(
                new WebhookListener(
                        WebhookListener.ID,
                        properties.topics().stream().map(catalogue::name).sorted().toList(),
                        properties.concurrency(),
                        properties.from(),
                        Duration.ZERO,
                        retries.count() == 0
                                ? new WebhookDelivery(calls, deadLetters, properties)
                                : new RetryTopicDelivery(
                                        RetryTopicDelivery.NOT_A_RETRY,
                                        calls,
                                        retries,
                                        deadLetters,
                                        properties)));
        for (int number = 0; number < retries.count(); number++) {
            all.add(
                    new WebhookListener(
                            WebhookListener.retryId(number),
                            retries.definitions(number).stream()
                                    .map(TopicDefinition::name)
                                    .sorted()
                                    .toList(),
                            1,
                            From.EARLIEST,
                            retries.delay(number),
                            new RetryTopicDelivery(
                                    number, calls, retries, deadLetters, properties)));
        }
    }

    WebhookListener withId(@Nullable String id) {
        return all.stream()
                .filter(listener -> listener.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No listener is called " + id));
    }

    List<WebhookListener> all() {
        return List.copyOf(all);
    }

    @Override
    public List<KafkaOffsetGroup> groups() {
        return all.stream()
                .map(one -> new KafkaOffsetGroup(one.id(), one.topics(), one.delay()))
                .toList();
    }
}
