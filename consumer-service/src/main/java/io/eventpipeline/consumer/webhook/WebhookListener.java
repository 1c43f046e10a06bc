package io.eventpipeline.consumer.webhook;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * Sends events to a web service: at least once, in order for each key, many keys of a partition at
 * once. What the service refuses goes to the dead-letter topic of its topic; while it is away, the
 * group waits and keeps its place.
 */
final class WebhookListener {

    /** The id of the listener and of its group. */
    static final String ID = "webhook";

    private final WebhookMembers members;

    WebhookListener(WebhookMembers members) {
        this.members = members;
    }

    @KafkaListener(
            id = ID,
            containerFactory = "webhookListenerContainerFactory",
            topics = "#{@webhookTopics}",
            clientIdPrefix = "${pipeline.consumer.instance-id}-" + ID,
            autoStartup = "false")
    void onRecords(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        members.received(records, consumer);
    }
}
