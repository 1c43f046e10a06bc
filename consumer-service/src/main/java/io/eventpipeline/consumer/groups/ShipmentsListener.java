package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.GroupMembers;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Stores orders, payments and shipments, each event once, in the order of their keys (customers).
 * The offset is stored with the rows in PostgreSQL and committed to Kafka afterwards; bad records
 * go to the dead-letter topic of their topic.
 */
@Component
final class ShipmentsListener {

    private final GroupMembers members;

    ShipmentsListener(GroupMembers members) {
        this.members = members;
    }

    @KafkaListener(
            id = ListenerGroup.Ids.SHIPMENTS,
            topics = "#{@groupTopics.of('" + ListenerGroup.Ids.SHIPMENTS + "')}",
            containerFactory =
                    "#{@memberships.containerFactory('" + ListenerGroup.Ids.SHIPMENTS + "')}",
            clientIdPrefix = "${pipeline.consumer.instance-id}-" + ListenerGroup.Ids.SHIPMENTS,
            concurrency = "${pipeline.consumer.shipments.concurrency:2}",
            properties = "max.poll.records=${pipeline.consumer.shipments.max-poll-records:2000}",
            autoStartup = "false")
    void onRecords(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        members.received(ListenerGroup.Ids.SHIPMENTS, records, consumer);
    }
}
