package io.eventpipeline.standalone.instance;

import io.eventpipeline.localcluster.LocalClusterException;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.bootjar.StartCache;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the start caches that are missing, one after the other and with low priority, once
 * everything is ready: so the first start waits for none of them, and the next has them all. {@link
 * #run} belongs to one thread, {@link #stop} may be called by another.
 */
final class StartCaches {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final List<ServiceProcesses.Service> services;
    private final Narrator narrator;
    private boolean stopped;
    private @Nullable LocalProcess training;

    StartCaches(List<ServiceProcesses.Service> services, Narrator narrator) {
        this.services = List.copyOf(services);
        this.narrator = narrator;
    }

    /** Returns when all are made, or when it was stopped. */
    void run() {
        boolean made = false;
        for (ServiceProcesses.Service service : services) {
            StartCache cache = service.jar().cache().orElse(null);
            if (cache != null && !cache.isPresent()) {
                made |= make(service.definition(), cache);
            }
        }
        if (made) {
            narrator.say("The next start will be quicker: the services' start caches are made.");
        }
    }

    private boolean make(ServiceDefinition service, StartCache cache) {
        LocalProcess process =
                cache.training(
                        "the start cache of " + service.name(),
                        service.jvmOptions(),
                        service.trainingEnvironment());
        try {
            if (!begin(process)) {
                return false;
            }
            if (!process.awaitEnd(TIMEOUT)) {
                process.kill();
            }
            if (cache.accept(process)) {
                return true;
            }
            if (!isStopped()) {
                narrator.say(
                        "There is no start cache of %s, so it starts without: see %s."
                                .formatted(service.name(), process.logFile()));
            }
            return false;
        } catch (LocalClusterException e) {
            narrator.say(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private synchronized boolean begin(LocalProcess process) {
        if (stopped) {
            return false;
        }
        training = process.start();
        return true;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Ends it at once. */
    synchronized void stop() {
        stopped = true;
        if (training != null) {
            training.kill();
        }
    }
}
