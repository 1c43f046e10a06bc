package io.eventpipeline.streams.shipments;

import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** Where outcomes go: shipments to their topic, orders that were given up to their dead letters. */
final class ShipmentSinks {

    private final TopicCatalogue topics;

    ShipmentSinks(TopicCatalogue topics) {
        this.topics = topics;
    }

    /** Sends all outcomes where they belong. */
    void addTo(KStream<String, ShipmentOutcome> outcomes) {
        outcomes.split(Named.as("shipments-"))
                .branch(
                        (customer, outcome) -> outcome instanceof ShipmentOutcome.Requested,
                        Branched.withConsumer(this::shipments, "requested"))
                .defaultBranch(
                        Branched.withConsumer(
                                givenUp -> letters(givenUp, "shipments-letter"), "given-up"));
    }

    private void shipments(KStream<String, ShipmentOutcome> requested) {
        requested
                .mapValues(
                        outcome -> ((ShipmentOutcome.Requested) outcome).shipment(),
                        Named.as("shipments-event"))
                .to(
                        topics.name(PipelineTopic.SHIPMENT_REQUESTED),
                        Produced.with(Serdes.String(), EventSerdes.of(ShipmentRequested.class))
                                .withName("shipments-sink"));
    }

    /** A letter keeps its partition; its topic has as many as that of the orders. */
    void letters(KStream<String, ShipmentOutcome> givenUp, String name) {
        givenUp.mapValues(outcome -> (ShipmentOutcome.GivenUp) outcome, Named.as(name))
                .to(
                        topics.deadLetterName(PipelineTopic.ORDER_PLACED),
                        Produced.with(Serdes.String(), LETTERS)
                                .withName(name + "s-sink")
                                .withStreamPartitioner((topic, customer, letter, partitions) ->
                                        letter.partition() < partitions
                                                ? Optional.of(Set.of(letter.partition()))
                                                : Optional.empty()));
    }

    private static final Deserializer<ShipmentOutcome.GivenUp> NEVER_READ =
            (topic, bytes) -> {
                throw new UnsupportedOperationException("Letters are only written");
            };

    private static final Serde<ShipmentOutcome.GivenUp> LETTERS =
            Serdes.serdeFrom((topic, letter) -> letter.json().get(), NEVER_READ);
}
