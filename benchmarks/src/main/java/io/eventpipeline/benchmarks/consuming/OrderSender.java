package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import org.jspecify.annotations.Nullable;

/** Sends orders by {@link EventSender}. */
public final class OrderSender implements AutoCloseable {

    /** The topic, which consumer-service makes when it starts. */
    public static final String TOPIC = EventSender.TOPICS.name(PipelineTopic.ORDER_PLACED);

    private final EventSender sender;

    /** Connects. */
    public OrderSender(String bootstrapServers) {
        sender = new EventSender(bootstrapServers);
    }

    /** Sends an order, to the partition of its customer if none is given. */
    public void send(OrderPlaced order, @Nullable Integer partition) {
        send(order, partition, EventJson.write(order));
    }

    /** Sends other bytes than an order's own. */
    public void send(OrderPlaced order, @Nullable Integer partition, byte[] value) {
        sender.send(
                PipelineTopic.ORDER_PLACED,
                partition,
                order,
                order.orderId().value(),
                order.placedAt(),
                value);
    }

    /** Waits until all is stored. */
    @Override
    public void close() {
        sender.close();
    }
}
