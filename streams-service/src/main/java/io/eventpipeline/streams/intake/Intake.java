package io.eventpipeline.streams.intake;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.intake.KeyCheckProcessor.Tombstones;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * The sources that several pieces of a topology read. Kafka Streams subscribes to a topic once for
 * each topology, and the second to name it would silently get the first one's serdes and times. For
 * one builder and one thread.
 */
public final class Intake {

    private final StreamsBuilder builder;
    private final TopicCatalogue topics;
    private final InstantSource clock;
    private @Nullable KStream<String, ReceivedEvent<OrderPlaced>> orders;
    private @Nullable KStream<String, ReceivedEvent<OrderPlaced>> ordersByOwnTime;

    /**
     * Creates the intake of one topology.
     *
     * @param clock what no record's arrival can be ahead of
     */
    public Intake(StreamsBuilder builder, TopicCatalogue topics, InstantSource clock) {
        this.builder = builder;
        this.topics = topics;
        this.clock = clock;
    }

    /** What no record's arrival can be ahead of. */
    public InstantSource clock() {
        return clock;
    }

    /** The orders under their customers, with the time at which producer-service took them. */
    public KStream<String, ReceivedEvent<OrderPlaced>> orders() {
        if (orders == null) {
            orders =
                    builder.stream(
                                    topics.name(PipelineTopic.ORDER_PLACED),
                                    Consumed.with(
                                                    Serdes.String(),
                                                    IntakeSerdes.received(OrderPlaced.class))
                                            .withName("orders-source"))
                            .processValues(
                                    KeyCheckProcessor.supplier(
                                            ReceivedEvent::event, Tombstones.REFUSED),
                                    Named.as("orders-check"));
        }
        return orders;
    }

    /**
     * The orders under their customers, with the time at which they were placed. Those from the
     * future are refused here; they are no worse an order, but would end what others wait for.
     */
    public KStream<String, ReceivedEvent<OrderPlaced>> ordersByOwnTime() {
        if (ordersByOwnTime == null) {
            ordersByOwnTime =
                    orders().processValues(
                                    () -> new OwnTimeProcessor(clock), Named.as("orders-time"));
        }
        return ordersByOwnTime;
    }

    private static final class OwnTimeProcessor
            extends ContextualFixedKeyProcessor<
                    String, ReceivedEvent<OrderPlaced>, ReceivedEvent<OrderPlaced>> {

        private final InstantSource clock;

        OwnTimeProcessor(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public void process(FixedKeyRecord<String, ReceivedEvent<OrderPlaced>> record) {
            long placedAt = EventTime.millis(record.value().event().placedAt());
            if (EventTime.isAhead(placedAt, record.timestamp(), clock.millis())) {
                throw EventTime.refusal();
            }
            context().forward(record.withTimestamp(placedAt));
        }
    }
}
