package io.eventpipeline.streams;

import io.eventpipeline.starter.threads.CarrierThreads;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Topologies, state stores and queries. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StreamsServiceApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        CarrierThreads.enough();
        SpringApplication.run(StreamsServiceApplication.class, args);
    }
}
