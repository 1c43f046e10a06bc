package io.eventpipeline.consumer;

import io.eventpipeline.starter.threads.CarrierThreads;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service; it comes up without Kafka and without PostgreSQL and waits for both. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ConsumerServiceApplication {

    /** Runs until a signal ends it. */
    public static void main(String[] arguments) {
        CarrierThreads.enough();
        SpringApplication.run(ConsumerServiceApplication.class, arguments);
    }
}
