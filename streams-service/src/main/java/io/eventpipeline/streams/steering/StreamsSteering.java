package io.eventpipeline.streams.steering;

import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.runtime.StreamsClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/**
 * Carries out an operator's commands, one at a time. What is told lasts until the process ends,
 * also if the client is started anew meanwhile. Thread-safe.
 */
@Component
final class StreamsSteering {

    private static final Logger log = LoggerFactory.getLogger(StreamsSteering.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    /** States of a thread that will work no more. */
    private static final Set<String> ENDING = Set.of("PENDING_SHUTDOWN", "DEAD");

    private final StreamsClient client;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();

    StreamsSteering(StreamsClient client, SteeringProperties settings) {
        this.client = client;
        this.patience = settings.patience();
    }

    /** Pauses; tasks are kept, and each stops before its next record. */
    void pause() {
        log.info("An operator paused the client");
        client.setPaused(true);
    }

    /** Goes on after a pause. */
    void resume() {
        log.info("An operator resumed the client");
        client.setPaused(false);
    }

    /**
     * Adds a thread.
     *
     * @throws ErrorResponseException with status 409 if the thread would have no task, or if the
     *     client is not running or another command is being carried out
     */
    void addThread() {
        change(running -> {
            Set<ThreadMetadata> threads = running.metadataForLocalThreads();
            long tasks =
                    threads.stream()
                            .mapToLong(thread ->
                                    thread.activeTasks().size() + thread.standbyTasks().size())
                            .sum();
            if (alive(running).size() >= tasks) {
                throw ProblemType.UNSUPPORTED_COMMAND.exception(
                        "A thread more would be idle: this instance has %d tasks and %d threads"
                                .formatted(tasks, alive(running).size()));
            }
            String added = running.addStreamThread().orElseThrow(StreamsSteering::notNow);
            log.info("An operator added thread {}", added);
            return true;
        });
    }

    /**
     * Removes a thread; its tasks go to others.
     *
     * @return whether it has ended; false if it does so later
     * @throws ErrorResponseException with status 409 if it is the last one, or if the client is not
     *     running or another command is being carried out
     */
    boolean removeThread() {
        return change(running -> {
            if (alive(running).size() < 2) {
                throw ProblemType.UNSUPPORTED_COMMAND.exception(
                        "The last thread cannot be removed: pause the client, or stop the service");
            }
            try {
                String removed =
                        running.removeStreamThread(patience).orElseThrow(StreamsSteering::notNow);
                log.info("An operator removed thread {}", removed);
                return true;
            } catch (TimeoutException e) {
                log.info("An operator removed a thread, which takes longer than {}", patience);
                return false;
            }
        });
    }

    /** The threads that work, by name; none while there is no client. */
    List<String> threads() {
        return client.current().map(StreamsSteering::alive).orElseGet(List::of);
    }

    private interface Change {
        boolean in(KafkaStreams running);
    }

    private boolean change(Change change) {
        KafkaStreams running =
                client.current()
                        .filter(any -> any.state().isRunningOrRebalancing())
                        .orElseThrow(StreamsSteering::notNow);
        if (!turn.tryLock()) {
            throw notNow();
        }
        try {
            boolean inEffect = change.in(running);
            client.setThreads(Math.max(1, alive(running).size()));
            return inEffect;
        } finally {
            turn.unlock();
        }
    }

    private static List<String> alive(KafkaStreams running) {
        return running.metadataForLocalThreads().stream()
                .filter(thread -> !ENDING.contains(thread.threadState()))
                .map(ThreadMetadata::threadName)
                .sorted()
                .toList();
    }

    private static ErrorResponseException notNow() {
        return ProblemType.STREAMS_BUSY.exception(
                "Kafka Streams is not running, or another change of its threads is under way",
                RETRY_AFTER_SECONDS);
    }
}
