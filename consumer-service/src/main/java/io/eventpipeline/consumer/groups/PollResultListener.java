package io.eventpipeline.consumer.groups;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Stands before the adapter of an annotated method and hides that it is seek-aware. For a
 * seek-aware listener the container asks for the position of each new partition before it tells
 * anyone of the assignment; with {@code auto.offset.reset=none} and no offset in Kafka that ends
 * the consumer, although the offset is in the database. Stateless.
 */
final class PollResultListener
        implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> {

    private final BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> adapter;

    PollResultListener(BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> adapter) {
        this.adapter = adapter;
    }

    @Override
    public boolean wantsPollResult() {
        return true;
    }

    @Override
    public void onMessage(
            ConsumerRecords<byte[], byte[]> records,
            @Nullable Acknowledgment acknowledgment,
            Consumer<byte[], byte[]> consumer) {
        adapter.onMessage(records, acknowledgment, consumer);
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> records,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        throw new UnsupportedOperationException("The poll's whole result is wanted");
    }
}
