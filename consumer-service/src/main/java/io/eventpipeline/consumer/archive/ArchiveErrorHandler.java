package io.eventpipeline.consumer.archive;

import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Hands failures of polls and of the listener to the member; no record is skipped. Thread-safe. */
final class ArchiveErrorHandler implements CommonErrorHandler {

    private static final Duration PAUSE_AFTER_FAILED_POLL = Duration.ofSeconds(1);

    private final Function<Consumer<?, ?>, ArchiveMember> members;

    ArchiveErrorHandler(Function<Consumer<?, ?>, ArchiveMember> members) {
        this.members = members;
    }

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    /** Offsets are committed by the member and by nobody else. */
    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        members.apply(consumer).failed(thrown);
    }

    @Override
    public void handleOtherException(
            Exception thrown,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            boolean batchListener) {
        if (thrown instanceof OffsetOutOfRangeException outOfRange) {
            members.apply(consumer).outOfRange(outOfRange.partitions());
            return;
        }
        members.apply(consumer).failed(thrown);
        try {
            ListenerUtils.stoppableSleep(container, PAUSE_AFTER_FAILED_POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
