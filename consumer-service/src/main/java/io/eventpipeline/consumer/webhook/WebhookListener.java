package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.parallel.RecordTask;
import io.eventpipeline.consumer.webhook.WebhookProperties.From;
import java.time.Duration;
import java.util.List;

/**
 * A listener that sends events to a web service: at least once, many keys of a partition at once.
 * {@code webhook} reads the events' own topics, in order for each key unless there are retry
 * topics; {@code webhook-retry-<n>} reads the retry topics of a number. What the service refuses
 * goes to the dead-letter topic of its topic; while it is away, the groups wait and keep their
 * place.
 *
 * @param id the id of the listener and of its group
 * @param topics what it reads
 * @param concurrency how many consumers it has
 * @param from where its group begins
 * @param delay how long records wait in its topics
 * @param task what is done with each record
 */
record WebhookListener(
        String id,
        List<String> topics,
        int concurrency,
        From from,
        Duration delay,
        RecordTask task) {

    /** The listener of the events' own topics. */
    static final String ID = "webhook";

    /** The listener of the retry topics of a number. */
    static String retryId(int number) {
        return ID + "-retry-" + number;
    }
}
