package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.bootjar.UnpackedJar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits until one started service is ready; its end or the time-out ends the wait with its log. */
final class ServiceStart {

    private final ServiceHealth health = new ServiceHealth();
    private final Duration timeout;

    ServiceStart(Duration timeout) {
        this.timeout = timeout;
    }

    /** Its process, not started yet; with the start cache if that is there by now. */
    static LocalProcess process(ServiceDefinition service, UnpackedJar jar, DataFolder data) {
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(service.jvmOptions());
        command.addAll(jar.arguments());
        return LocalProcess.builder(service.name())
                .command(command)
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
