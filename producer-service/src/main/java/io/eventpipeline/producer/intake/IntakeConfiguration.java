package io.eventpipeline.producer.intake;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.eventpipeline.producer.retries.SafeRetries;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the intake together. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    InFlightLimit inFlightLimit(IntakeProperties properties, MeterRegistry registry) {
        InFlightLimit inFlight =
                new InFlightLimit(
                        properties.maxRequestsInFlight(), properties.maxBytesInFlight().toBytes());
        inFlight.bindTo(registry);
        return inFlight;
    }

    @Bean
    RequestBodies requestBodies(IntakeProperties properties) {
        return new RequestBodies(
                (int) properties.maxBodySize().toBytes(), properties.maxDiscarded().toBytes());
    }

    @Bean
    EventReader eventReader(IntakeProperties properties, Clock clock) {
        return new EventReader(properties.maxEvents(), properties.maxTimeAhead(), clock);
    }

    @Bean
    EventIntake eventIntake(
            InFlightLimit inFlight,
            RequestBodies bodies,
            EventReader reader,
            EventPublisher publisher,
            SafeRetries retries,
            TopicCatalogue catalogue,
            Clock clock) {
        return new EventIntake(inFlight, bodies, reader, publisher, retries, catalogue, clock);
    }
}
