package io.eventpipeline.streams.payments;

import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.PaymentUnmatched;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.intake.EventTime;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.intake.IntakeSerdes;
import io.eventpipeline.streams.intake.KeyCheckProcessor;
import io.eventpipeline.streams.intake.KeyCheckProcessor.Tombstones;
import io.eventpipeline.streams.topology.StateSerdes;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.StreamJoined;

/**
 * Orders ⋈ payments by order id, in a window → what stayed without its other half.
 *
 * <ul>
 *   <li><b>Time.</b> A payment belongs to an order if {@code capturedAt} and {@code placedAt} are
 *       no further apart than the window. A half is reported as alone when time has gone past its
 *       window and the grace period; time moves by the events of its partition alone.
 *   <li><b>Place.</b> Both are repartitioned by order id: a payment finds its order even if it
 *       names another customer.
 *   <li><b>Copies.</b> Two copies of a half that is alone give two reports with one {@code ce_id}.
 *   <li><b>Refused.</b> Payments without key or under another than their customer, unreadable ones,
 *       and those from the future become dead letters.
 * </ul>
 */
public final class PaymentsTopology implements TopologyPiece {

    /** The last part of the {@code ce_source} of reports, and the first of the stores' names. */
    static final String NAME = "payments";

    private final TopicCatalogue topics;
    private final PaymentsProperties settings;
    private final MeterRegistry registry;

    /** Creates the topology for the topics of one environment. */
    public PaymentsTopology(
            TopicCatalogue topics, PaymentsProperties settings, MeterRegistry registry) {
        this.topics = topics;
        this.settings = settings;
        this.registry = registry;
    }

    @Override
    public void addTo(StreamsBuilder builder, Intake intake) {
        Serde<PaymentHalf> halves = StateSerdes.json(PaymentHalf.class);
        orders(intake, halves)
                .outerJoin(
                        payments(builder, intake, halves),
                        MatchProcessor.Match::new,
                        JoinWindows.ofTimeDifferenceAndGrace(settings.window(), settings.grace()),
                        StreamJoined.with(Serdes.String(), halves, halves)
                                .withName("payments-join")
                                .withStoreName(NAME))
                .process(MatchProcessor.supplier(registry), Named.as("payments-match"))
                .to(
                        topics.name(PipelineTopic.PAYMENT_UNMATCHED),
                        Produced.with(Serdes.String(), EventSerdes.of(PaymentUnmatched.class))
                                .withName("payments-sink"));
    }

    private KStream<String, PaymentHalf> orders(Intake intake, Serde<PaymentHalf> halves) {
        return intake.ordersByOwnTime()
                .process(
                        HalfProcessor.supplier((order, identity, headers) ->
                                PaymentHalf.of(order.event(), identity, headers)),
                        Named.as("payments-order"))
                .repartition(byOrder("payments-orders", halves));
    }

    private KStream<String, PaymentHalf> payments(
            StreamsBuilder builder, Intake intake, Serde<PaymentHalf> halves) {
        EventTime<PaymentCaptured> time =
                new EventTime<>(PaymentCaptured.class, PaymentCaptured::capturedAt, intake.clock());
        return builder.stream(
                        topics.name(PipelineTopic.PAYMENT_CAPTURED),
                        Consumed.with(Serdes.String(), IntakeSerdes.checked(PaymentCaptured.class))
                                .withTimestampExtractor(time)
                                .withName("payments-source"))
                .processValues(
                        KeyCheckProcessor.supplier(payment -> payment, Tombstones.REFUSED),
                        Named.as("payments-check"))
                .processValues(time.check(), Named.as("payments-time"))
                .process(HalfProcessor.supplier(PaymentHalf::of), Named.as("payments-payment"))
                .repartition(byOrder("payments-captured", halves));
    }

    private Repartitioned<String, PaymentHalf> byOrder(String name, Serde<PaymentHalf> halves) {
        return Repartitioned.with(Serdes.String(), halves)
                .withName(name)
                .withNumberOfPartitions(topics.get(PipelineTopic.ORDER_PLACED).partitions());
    }
}
