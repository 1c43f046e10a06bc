package io.eventpipeline.connect.connectors;

import io.eventpipeline.connect.connectors.RestartSchedule.Member;
import io.eventpipeline.connect.rest.ConnectRestClient;
import io.eventpipeline.connect.worker.ConnectorState;
import io.eventpipeline.connect.worker.WorkerAccess;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Restarts the connectors and tasks that failed on this worker, by {@link RestartSchedule}. Each
 * worker of the group looks after its own, so that nothing is restarted twice. One thread at a time
 * runs it.
 */
@Component
@ConditionalOnProperty(
        name = "pipeline.connect.restart.enabled",
        havingValue = "true",
        matchIfMissing = true)
class FailureRestarter {

    private static final Logger log = LoggerFactory.getLogger(FailureRestarter.class);

    private final WorkerAccess worker;
    private final KafkaAvailability brokers;
    private final ConnectRestClient rest;
    private final RestartSchedule schedule;

    FailureRestarter(
            WorkerAccess worker,
            KafkaAvailability brokers,
            ConnectRestClient rest,
            RestartProperties properties) {
        this.worker = worker;
        this.brokers = brokers;
        this.rest = rest;
        this.schedule = new RestartSchedule(properties);
    }

    @Scheduled(fixedDelay = 1000)
    void restartWhatFailed() {
        // Without brokers the worker keeps a request waiting until they are back.
        if (brokers.isAvailable()) {
            worker.workerId()
                    .ifPresent(self ->
                            worker.connectors().forEach(connector -> lookAfter(connector, self)));
        }
    }

    private void lookAfter(ConnectorState connector, String self) {
        lookAfter(new Member(connector.name(), null), connector.instance(), self);
        connector
                .tasks()
                .forEach(task ->
                        lookAfter(new Member(connector.name(), task.id()), task.instance(), self));
    }

    private void lookAfter(Member member, ConnectorState.Instance instance, String self) {
        Instant now = Instant.now();
        if (!instance.isFailed() || !instance.workerId().equals(self)) {
            schedule.isWell(member, now);
        } else if (schedule.isDue(member, now)) {
            restart(member, instance, now);
        }
    }

    private void restart(Member member, ConnectorState.Instance instance, Instant now) {
        try {
            if (request(member)) {
                schedule.restarted(member, now);
                log.warn("Restarted {} which had failed: {}", member, instance.cause());
            }
        } catch (RestClientException e) {
            // Asked again a second later.
            log.warn("Could not restart {}: {}", member, e.getMessage());
        }
    }

    private boolean request(Member member) {
        return member.task() == null
                ? rest.restart(member.connector())
                : rest.restart(member.connector(), member.task());
    }
}
