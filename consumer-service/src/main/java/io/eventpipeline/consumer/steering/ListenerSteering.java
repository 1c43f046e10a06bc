package io.eventpipeline.consumer.steering;

import io.eventpipeline.consumer.groups.ListenerStates;
import io.eventpipeline.consumer.groups.ResumeWatch;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Carries out commands on listeners. A command is given at once; whether it came into effect within
 * the operator's patience is the answer. Thread-safe; one change of the consumers at a time for
 * each listener.
 */
@Component
final class ListenerSteering {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int RETRY_AFTER_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(ListenerSteering.class);

    private final ListenerStates states;
    private final ResumeWatch resumed;
    private final Duration patience;
    private final Set<MessageListenerContainer> changing = ConcurrentHashMap.newKeySet();

    ListenerSteering(ListenerStates states, ResumeWatch resumed, SteeringProperties properties) {
        this.states = states;
        this.resumed = resumed;
        this.patience = properties.patience();
    }

    /** Pauses: the members keep their partitions and read nothing. */
    boolean pause(MessageListenerContainer listener) {
        requireStarted(listener);
        listener.pause();
        log.info("Listener {} was told to pause", listener.getListenerId());
        return awaitEffect(() ->
                !listener.isPauseRequested()
                        || !listener.isRunning()
                        || ListenerStates.isPaused(listener));
    }

    /** Ends a pause. */
    boolean resume(MessageListenerContainer listener) {
        requireStarted(listener);
        listener.resume();
        log.info("Listener {} was told to resume", listener.getListenerId());
        return awaitEffect(() -> listener.isPauseRequested() || resumed.isResumed(listener));
    }

    /** Stops: the batch in hand is finished, then the members leave the group. */
    boolean stop(MessageListenerContainer listener) {
        return change(listener, () -> stopAndWait(listener));
    }

    /** Starts; partitions come with the rebalance that follows. */
    boolean start(MessageListenerContainer listener) {
        return change(
                listener,
                () -> {
                    awaitEnd(listener);
                    listener.start();
                });
    }

    /** Changes how many consumers there are; a running listener stops and starts for it. */
    boolean concurrency(ConcurrentMessageListenerContainer<?, ?> listener, int consumers) {
        return change(
                listener,
                () -> {
                    boolean running = listener.isRunning();
                    stopAndWait(listener);
                    listener.setConcurrency(consumers);
                    if (running) {
                        listener.start();
                    }
                });
    }

    private boolean change(MessageListenerContainer listener, Runnable change) {
        requireStarted(listener);
        if (!changing.add(listener)) {
            throw ProblemType.LISTENER_BUSY.exception(
                    "Another change of listener '%s' is under way"
                            .formatted(listener.getListenerId()),
                    RETRY_AFTER_SECONDS);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("steering-" + listener.getListenerId())
                .start(() -> {
                    try {
                        change.run();
                        done.complete(null);
                    } catch (RuntimeException e) {
                        log.error("Listener {} could not be changed", listener.getListenerId(), e);
                        done.completeExceptionally(e);
                    } finally {
                        changing.remove(listener);
                    }
                });
        try {
            done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A listener could not be changed", e.getCause());
        }
    }

    private void requireStarted(MessageListenerContainer listener) {
        states.waitingFor(listener)
                .ifPresent(reason -> {
                    throw ProblemType.LISTENER_BUSY.exception(
                            "The listener was not started yet: " + reason, RETRY_AFTER_SECONDS);
                });
    }

    private static void stopAndWait(MessageListenerContainer listener) {
        log.info("Listener {} was told to stop", listener.getListenerId());
        listener.stop(() -> {});
        awaitEnd(listener);
    }

    private static void awaitEnd(MessageListenerContainer listener) {
        while (!listener.isRunning() && listener.isChildRunning()) {
            pauseBriefly();
        }
    }

    private boolean awaitEffect(BooleanSupplier inEffect) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!inEffect.getAsBoolean()) {
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            pauseBriefly();
        }
        return true;
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
