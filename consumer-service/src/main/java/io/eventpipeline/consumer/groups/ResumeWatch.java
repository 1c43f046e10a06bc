package io.eventpipeline.consumer.groups;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerPausedEvent;
import org.springframework.kafka.event.ConsumerResumedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Knows which consumers are paused in fact. A container only tells whether one that was told to
 * pause is paused already, not whether one that was told to resume still is. Thread-safe.
 */
@Component
public final class ResumeWatch {

    private final Set<Object> paused = ConcurrentHashMap.newKeySet();

    ResumeWatch() {}

    /** Whether all consumers of a listener were resumed, or never paused. */
    public boolean isResumed(MessageListenerContainer container) {
        return ListenerStates.consumersOf(container).stream().noneMatch(paused::contains);
    }

    @EventListener
    void onPaused(ConsumerPausedEvent event) {
        paused.add(event.getSource());
    }

    @EventListener
    void onResumed(ConsumerResumedEvent event) {
        paused.remove(event.getSource());
    }

    @EventListener
    void onStopped(ConsumerStoppedEvent event) {
        paused.remove(event.getSource());
    }
}
