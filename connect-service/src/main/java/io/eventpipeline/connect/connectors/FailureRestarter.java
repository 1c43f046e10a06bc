package io.eventpipeline.connect.connectors;

import io.eventpipeline.connect.worker.ConnectorState;
import io.eventpipeline.connect.worker.RunningWorker;
import io.eventpipeline.connect.worker.WorkerAccess;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Restarts the connectors and tasks that failed on this worker, by {@link RestartSchedule}. Each
 * worker of the group looks after its own, so that nothing is restarted twice. One thread at a time
 * runs it; {@link #failures} may be read by any.
 */
@Component
public class FailureRestarter {

    private static final Logger log = LoggerFactory.getLogger(FailureRestarter.class);

    private final WorkerAccess worker;
    private final KafkaAvailability brokers;
    private final MeterRegistry meters;
    private final RestartSchedule schedule;
    private final boolean enabled;
    private final Clock clock = Clock.systemUTC();

    private volatile Map<Member, Failures> failures = Map.of();

    FailureRestarter(
            WorkerAccess worker,
            KafkaAvailability brokers,
            MeterRegistry meters,
            RestartProperties properties) {
        this.worker = worker;
        this.brokers = brokers;
        this.meters = meters;
        this.schedule = new RestartSchedule(properties);
        this.enabled = properties.enabled();
        Gauge.builder("pipeline.connect.failing", this, self -> self.failures.size())
                .description("Connectors and tasks of this worker that failed lately")
                .register(meters);
        Gauge.builder("pipeline.connect.given.up", this, FailureRestarter::givenUp)
                .description("Connectors and tasks of this worker that are restarted no more")
                .register(meters);
    }

    /** What is remembered of the connectors and tasks of this worker that failed lately. */
    public Map<Member, Failures> failures() {
        return failures;
    }

    private double givenUp() {
        return failures.values().stream().filter(Failures::isGivenUp).count();
    }

    @Scheduled(fixedDelay = 1000)
    void restartWhatFailed() throws InterruptedException {
        RunningWorker running = worker.running().orElse(null);
        // Without brokers the worker keeps a request waiting until they are back.
        if (running == null || !brokers.isAvailable()) {
            return;
        }
        Set<Member> present = new HashSet<>();
        for (ConnectorState connector : running.connectors()) {
            Member itself = new Member(connector.name(), null);
            present.add(itself);
            lookAfter(running, itself, connector, connector.instance());
            for (ConnectorState.Task task : connector.tasks()) {
                Member member = new Member(connector.name(), task.id());
                present.add(member);
                lookAfter(running, member, connector, task.instance());
            }
        }
        schedule.retain(present);
        failures = schedule.failures();
    }

    private void lookAfter(
            RunningWorker running,
            Member member,
            ConnectorState connector,
            ConnectorState.Instance instance)
            throws InterruptedException {
        Instant now = clock.instant();
        if (!instance.isFailed() || !instance.workerId().equals(running.id())) {
            schedule.isWell(member, connector.revision(), now);
        } else if (schedule.isDue(member, connector.revision(), instance.cause(), now)
                && enabled
                && running.restart(member.connector(), member.task())) {
            schedule.restarted(member, now);
            meters.counter("pipeline.connect.restarts", "connector", member.connector())
                    .increment();
            log.warn("Restarted {} which had failed: {}", member, instance.cause());
        }
        warnOfTheLast(member);
    }

    private void warnOfTheLast(Member member) {
        Failures before = failures.get(member);
        Failures after = schedule.failures().get(member);
        if (after != null && after.isGivenUp() && (before == null || !before.isGivenUp())) {
            log.error(
                    "{} was restarted {} times and is restarted no more until somebody restarts or"
                            + " configures it; it first failed at {}: {}",
                    member,
                    after.restarts(),
                    after.since(),
                    after.firstCause());
        }
    }
}
