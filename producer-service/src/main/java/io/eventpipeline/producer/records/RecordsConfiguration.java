package io.eventpipeline.producer.records;

import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.intake.EventReader;
import io.eventpipeline.producer.intake.IntakeProperties;
import io.eventpipeline.producer.retries.AtomicRetries;
import io.eventpipeline.producer.retries.SafeRetries;
import io.eventpipeline.producer.topics.TopicDirectory;
import io.eventpipeline.producer.valueschemas.ValueSchemas;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the doors for any topic together. */
@Configuration(proxyBeanMethods = false)
class RecordsConfiguration {

    @Bean
    RecordFactory recordFactory(
            EventReader reader,
            PartitionerProperties partitioner,
            ValueSchemas schemas,
            IntakeProperties intake) {
        return new RecordFactory(
                reader, new RecordPartitioner(partitioner), schemas, intake.maxTimeAhead());
    }

    @Bean
    RecordIntake recordIntake(
            TopicDirectory topics,
            RecordFactory factory,
            EventPublisher publisher,
            SafeRetries retries,
            AtomicRetries atomic,
            Clock clock) {
        return new RecordIntake(topics, factory, publisher, retries, atomic, clock);
    }
}
