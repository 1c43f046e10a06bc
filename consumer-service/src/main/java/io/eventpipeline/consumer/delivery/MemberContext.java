package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.intake.RecordReader;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.consumer.store.DatabaseAvailability;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * What all members work with; all of it may be used by many threads.
 *
 * @param reader reads records
 * @param delivery writes batches
 * @param resolver finds where partitions resume
 * @param logs knows topic ids
 * @param database whether PostgreSQL answers
 * @param kafka whether the brokers answer
 * @param metrics counts
 * @param retry how long to wait for what
 * @param clock the time
 */
@Component
record MemberContext(
        RecordReader reader,
        BatchDelivery delivery,
        OffsetResolver resolver,
        PartitionLogs logs,
        DatabaseAvailability database,
        KafkaAvailability kafka,
        DeliveryMetrics metrics,
        RetryProperties retry,
        Clock clock) {}
