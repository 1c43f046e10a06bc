package io.eventpipeline.streams;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Topologies, state stores and queries. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StreamsServiceApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(StreamsServiceApplication.class, args);
    }
}
