package io.eventpipeline.producer.intake;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.producer.delivery.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the intake together. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    EventIntake eventIntake(
            IntakeProperties properties,
            EventPublisher publisher,
            TopicCatalogue catalogue,
            MeterRegistry registry) {
        Clock clock = Clock.systemUTC();
        InFlightLimit inFlight =
                new InFlightLimit(
                        properties.maxRequestsInFlight(), properties.maxBytesInFlight().toBytes());
        inFlight.bindTo(registry);
        return new EventIntake(
                inFlight,
                new RequestBodies(
                        (int) properties.maxBodySize().toBytes(),
                        properties.maxDiscarded().toBytes()),
                new EventReader(properties.maxEvents(), properties.maxTimeAhead(), clock),
                publisher,
                catalogue,
                clock);
    }
}
