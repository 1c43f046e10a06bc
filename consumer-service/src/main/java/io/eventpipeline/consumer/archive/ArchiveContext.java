package io.eventpipeline.consumer.archive;

import io.eventpipeline.consumer.delivery.RetryProperties;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * What all members work with; all of it may be used by many threads.
 *
 * @param archive the files
 * @param resolver finds where partitions resume
 * @param properties when files are closed
 * @param logs knows topic ids
 * @param kafka whether the brokers answer
 * @param metrics counts
 * @param retry how long to wait for what
 * @param clock the time
 */
@Component
record ArchiveContext(
        ArchiveFolder archive,
        ArchiveResolver resolver,
        ArchiveProperties properties,
        PartitionLogs logs,
        KafkaAvailability kafka,
        ArchiveMetrics metrics,
        RetryProperties retry,
        Clock clock) {}
