package io.eventpipeline.connect;

import io.eventpipeline.connect.worker.UnfinishedStop;
import io.eventpipeline.starter.threads.CarrierThreads;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts connect-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ConnectServiceApplication {

    public static void main(String[] args) {
        SpringApplication.getShutdownHandlers().add(UnfinishedStop::endProcess);
        CarrierThreads.enough();
        SpringApplication.run(ConnectServiceApplication.class, args);
    }
}
