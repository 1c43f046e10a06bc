package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.GroupMembers;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Stores measurements of servers, each once, in the order of their hosts. The offset is stored with
 * the rows in PostgreSQL and committed to Kafka afterwards; bad records go to the dead-letter
 * topic.
 */
@Component
final class MeasurementsListener {

    private final GroupMembers members;

    MeasurementsListener(GroupMembers members) {
        this.members = members;
    }

    @KafkaListener(
            id = ListenerGroup.Ids.MEASUREMENTS,
            topics = "#{@groupTopics.of('" + ListenerGroup.Ids.MEASUREMENTS + "')}",
            containerFactory =
                    "#{@memberships.containerFactory('" + ListenerGroup.Ids.MEASUREMENTS + "')}",
            clientIdPrefix = "${pipeline.consumer.instance-id}-" + ListenerGroup.Ids.MEASUREMENTS,
            concurrency = "${pipeline.consumer.measurements.concurrency:1}",
            properties = "max.poll.records=${pipeline.consumer.measurements.max-poll-records:1000}",
            autoStartup = "false")
    void onRecords(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        members.received(ListenerGroup.Ids.MEASUREMENTS, records, consumer);
    }
}
