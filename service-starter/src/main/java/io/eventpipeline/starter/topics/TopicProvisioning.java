package io.eventpipeline.starter.topics;

import io.eventpipeline.model.topic.ProvisioningReport;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicProvisioner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Provisions topics in the background when the service starts, again and again until it succeeded
 * once: the service itself starts without waiting for Kafka. Thread-safe.
 */
public final class TopicProvisioning implements SmartLifecycle {

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(TopicProvisioning.class);

    private final List<TopicDefinition> definitions;
    private final TopicProvisioner provisioner;
    private final ApplicationEventPublisher events;
    private volatile @Nullable ProvisioningReport report;
    private volatile String waitingFor = "Topics were not looked for yet";
    private volatile @Nullable Thread worker;

    TopicProvisioning(
            List<TopicDefinition> definitions,
            TopicProvisioner provisioner,
            ApplicationEventPublisher events) {
        this.definitions = definitions;
        this.provisioner = provisioner;
        this.events = events;
    }

    /** Whether all topics are known to exist. */
    public boolean isDone() {
        return report != null;
    }

    /** What was made and what differs; empty until it is done. */
    public Optional<ProvisioningReport> report() {
        return Optional.ofNullable(report);
    }

    /** Why it is not done yet. */
    String waitingFor() {
        return waitingFor;
    }

    /**
     * On a platform thread: what waits for the topics starts on it, and loads hundreds of classes.
     * Virtual threads that load classes hold on to their carriers while they wait for a lock (JEP
     * 491).
     */
    @Override
    public void start() {
        worker = Thread.ofPlatform().daemon().name("topic-provisioning").start(this::provision);
    }

    @Override
    public void stop() {
        Thread running = worker;
        worker = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    private void provision() {
        ProvisioningReport done = null;
        while (done == null) {
            try {
                done = provisioner.provision(definitions);
            } catch (RuntimeException e) {
                remember(e);
                try {
                    Thread.sleep(RETRY_PAUSE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
        log(done);
        report = done;
        events.publishEvent(new TopicsProvisionedEvent(done));
    }

    private void remember(RuntimeException e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(waitingFor)) {
            log.warn("Topics are not there yet, trying again: {}", reason);
        }
        waitingFor = reason;
    }

    private static void log(ProvisioningReport report) {
        if (!report.created().isEmpty()) {
            log.info("Created {} topics: {}", report.created().size(), report.created());
        }
        if (!report.grown().isEmpty()) {
            log.info("Gave more partitions to {}", report.grown());
        }
        report.drifts().forEach(drift -> log.warn("Topic drift: {}", drift));
    }
}
