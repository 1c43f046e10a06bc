package io.eventpipeline.connect.declared;

import io.eventpipeline.connect.rest.ConnectRestClient;
import io.eventpipeline.connect.rest.InvalidConnectorException;
import io.eventpipeline.connect.worker.WorkerAccess;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.client.RestClientException;

/**
 * Gives the declared connectors to the worker as soon as it is ready, and keeps them in place.
 *
 * <p>A connector that the worker has in the same form is not touched, so that several instances
 * with the same declarations do not disturb each other. One thread at a time runs {@link
 * #reconcile}; {@link #problems} may be read by any.
 */
class DeclaredConnectors {

    private static final Logger log = LoggerFactory.getLogger(DeclaredConnectors.class);

    private final List<DeclaredConnector> declared;
    private final WorkerAccess worker;
    private final KafkaAvailability brokers;
    private final ConnectRestClient rest;
    private final Duration checkInterval;
    private final Clock clock;
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    private Instant nextCheck = Instant.MIN;

    DeclaredConnectors(
            List<DeclaredConnector> declared,
            WorkerAccess worker,
            KafkaAvailability brokers,
            ConnectRestClient rest,
            Duration checkInterval,
            Clock clock) {
        this.declared = declared;
        this.worker = worker;
        this.brokers = brokers;
        this.rest = rest;
        this.checkInterval = checkInterval;
        this.clock = clock;
    }

    /** Why a declared connector is not in place, by its name. */
    Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    @Scheduled(fixedDelay = 1000)
    void reconcile() {
        if (!worker.status().isRunning()) {
            nextCheck = Instant.MIN;
            return;
        }
        // Without brokers the worker keeps a request waiting until they are back.
        if (!brokers.isAvailable() || clock.instant().isBefore(nextCheck)) {
            return;
        }
        boolean all = true;
        for (DeclaredConnector connector : declared) {
            all &= apply(connector);
        }
        // What could not be applied is tried again with the next call.
        nextCheck = all ? clock.instant().plus(checkInterval) : Instant.MIN;
    }

    private boolean apply(DeclaredConnector connector) {
        try {
            Optional<Map<String, String>> actual = rest.config(connector.name());
            if (actual.filter(connector::isConfiguredAs).isEmpty()) {
                rest.configure(connector.name(), connector.config());
                log.info(
                        "The declared connector {} was {}",
                        connector.name(),
                        actual.isEmpty() ? "made" : "put right");
            }
            problems.remove(connector.name());
            return true;
        } catch (InvalidConnectorException e) {
            report(connector, e);
            return true;
        } catch (RestClientException e) {
            report(connector, e);
            return false;
        }
    }

    private void report(DeclaredConnector connector, RuntimeException e) {
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(problems.put(connector.name(), problem))) {
            log.warn("The declared connector {} is not in place: {}", connector.name(), problem);
        }
    }
}
