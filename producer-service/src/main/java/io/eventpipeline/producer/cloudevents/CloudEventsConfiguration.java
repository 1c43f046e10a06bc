package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.intake.EventReader;
import io.eventpipeline.producer.intake.InFlightLimit;
import io.eventpipeline.producer.intake.IntakeProperties;
import io.eventpipeline.producer.intake.RequestBodies;
import io.eventpipeline.producer.retries.SafeRetries;
import io.eventpipeline.producer.topics.TopicDirectory;
import io.eventpipeline.producer.valueschemas.ValueSchemas;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the door for CloudEvents together. */
@Configuration(proxyBeanMethods = false)
class CloudEventsConfiguration {

    @Bean
    CloudEventsIntake cloudEventsIntake(
            InFlightLimit inFlight,
            RequestBodies bodies,
            IntakeProperties limits,
            TopicCatalogue catalogue,
            TopicDirectory topics,
            EventReader reader,
            EventPublisher publisher,
            SafeRetries retries,
            ValueSchemas schemas,
            Clock clock) {
        return new CloudEventsIntake(
                inFlight,
                bodies,
                limits,
                new EventRouting(catalogue, topics, reader, schemas),
                publisher,
                retries,
                clock);
    }

    @Bean
    WebhookHandshake webhookHandshake(CloudEventsProperties properties) {
        return new WebhookHandshake(properties);
    }
}
