package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.deadletters.LetterProducer;
import io.eventpipeline.consumer.listening.RetryMode;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.starter.topics.AdditionalTopics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics where events wait for their next attempt: {@code <topic>-retry-<n>}, one for each
 * delay. All records of such a topic wait equally long, so they are due in the order in which they
 * lie there. Thread-safe.
 */
final class RetryTopics implements AdditionalTopics {

    private static final Logger log = LoggerFactory.getLogger(RetryTopics.class);

    private final WebhookProperties properties;
    private final TopicCatalogue catalogue;
    private final LetterProducer producer;
    private final MeterRegistry meters;
    private final Clock clock;

    RetryTopics(
            WebhookProperties properties,
            TopicCatalogue catalogue,
            LetterProducer producer,
            MeterRegistry meters,
            Clock clock) {
        this.properties = properties;
        this.catalogue = catalogue;
        this.producer = producer;
        this.meters = meters;
        this.clock = clock;
    }

    /** How many there are of each topic; none if retries block. */
    int count() {
        return properties.retries().mode() == RetryMode.TOPICS
                ? properties.retries().delays().size()
                : 0;
    }

    /** How long a record waits in the topics of a number. */
    Duration delay(int number) {
        return properties.retries().delays().get(number);
    }

    /** The topics of a number. */
    List<TopicDefinition> definitions(int number) {
        return properties.topics().stream()
                .sorted()
                .map((PipelineTopic topic) -> catalogue.get(topic).retry(number))
                .toList();
    }

    @Override
    public List<TopicDefinition> definitions() {
        return IntStream.range(0, count()).boxed().flatMap(n -> definitions(n).stream()).toList();
    }

    /** How long a record of a retry topic has still to wait; never longer than its delay. */
    Duration dueIn(RetriedRecord retried, int number) {
        Duration left = Duration.ofMillis(retried.due() - clock.millis());
        return left.compareTo(delay(number)) < 0 ? left : delay(number);
    }

    /**
     * Sends a record to where it waits for an attempt, and returns when it is stored there: until
     * then its source is not done with.
     *
     * @param attempt the number of that attempt; those after the last delay wait as long as it
     */
    void store(RetriedRecord failed, int attempt, String reason) throws InterruptedException {
        int number = Math.clamp((long) attempt - 2, 0, count() - 1);
        String topic = failed.source().topic() + TopicDefinition.RETRY_INFIX + number;
        BackOff backOff = new BackOff(properties);
        while (true) {
            long now = clock.millis();
            RetriedRecord waiting =
                    new RetriedRecord(failed.source(), attempt, now + delay(number).toMillis());
            try {
                producer.template()
                        .send(waiting.toSend(topic, now, reason))
                        .get(
                                LetterProducer.TIMEOUT.plusSeconds(1).toMillis(),
                                TimeUnit.MILLISECONDS);
                meters.counter(
                                "pipeline.consumer.webhook.retries",
                                "listener",
                                WebhookListener.retryId(number))
                        .increment();
                return;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                log.warn(
                        "{}-{}@{} could not be sent to {}, trying again: {}",
                        failed.source().topic(),
                        failed.source().partition(),
                        failed.source().offset(),
                        topic,
                        e.toString());
                backOff.pause();
            }
        }
    }
}
