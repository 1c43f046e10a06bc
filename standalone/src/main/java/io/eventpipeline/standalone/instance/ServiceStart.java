package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalProcess;
import java.time.Duration;

/** Waits until one started service is ready; its end or the time-out ends the wait with its log. */
final class ServiceStart {

    private final ServiceHealth health = new ServiceHealth();
    private final Duration timeout;

    ServiceStart(Duration timeout) {
        this.timeout = timeout;
    }

    static LocalProcess process(ServiceDefinition service, DataFolder data) {
        return LocalProcess.builder(service.name())
                .command(service.command(LocalProcess.javaExecutable()))
                .environment(service.environment())
                .workingFolder(data.root())
                .logFile(data.log(service.name()))
                .build();
    }

    /**
     * Waits.
     *
     * @param goOn throws when nobody waits any more
     * @throws PipelineException if the service has ended or is not ready in time
     */
    void awaitReady(ServiceDefinition service, LocalProcess process, Runnable goOn) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!health.isReady(service)) {
            goOn.run();
            if (!process.isAlive()) {
                throw new PipelineException(
                        "%s ended while it started; the end of %s:%n%s"
                                .formatted(
                                        service.name(),
                                        process.logFile(),
                                        DeathReport.lastLines(process)));
            }
            if (System.nanoTime() > deadline) {
                throw new PipelineException(
                        "%s was not ready within %d s (its health: %s); the end of %s:%n%s"
                                .formatted(
                                        service.name(),
                                        timeout.toSeconds(),
                                        health.status(service),
                                        process.logFile(),
                                        DeathReport.lastLines(process)));
            }
            Supervisor.pause();
        }
    }
}
