package io.eventpipeline.producer;

import io.eventpipeline.starter.threads.CarrierThreads;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts producer-service: REST in, Kafka out. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ProducerServiceApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        CarrierThreads.enough();
        SpringApplication.run(ProducerServiceApplication.class, args);
    }
}
