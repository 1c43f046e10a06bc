package io.eventpipeline.benchmarks.streaming;

import io.eventpipeline.benchmarks.consuming.EventSender;
import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.PageViewed;
import io.eventpipeline.model.web.WindowKind;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The service's questions in the fewest words of Kafka Streams: orders that miss a part vanish, and
 * there are no final counts. Events are read and written as JSON by the same serdes.
 */
enum BareTopology {
    /** Orders ⋈ addresses ⋈ products. */
    SHIPMENTS {
        @Override
        void addTo(StreamsBuilder builder) {
            KTable<String, AddressChanged> addresses =
                    builder.table(
                            input(PipelineTopic.ADDRESS_CHANGED), consumed(AddressChanged.class));
            GlobalKTable<String, ProductListed> products =
                    builder.globalTable(
                            input(PipelineTopic.PRODUCT_LISTED), consumed(ProductListed.class));
            builder.stream(input(PipelineTopic.ORDER_PLACED), consumed(OrderPlaced.class))
                    .join(addresses, Addressed::new)
                    .join(
                            products,
                            (customer, addressed) -> addressed.order().sku().value(),
                            (addressed, product) ->
                                    ShipmentRequested.of(
                                            addressed.order(),
                                            addressed.changed().address(),
                                            product.product()))
                    .to(
                            output(PipelineTopic.SHIPMENT_REQUESTED),
                            Produced.with(
                                    Serdes.String(), EventSerdes.of(ShipmentRequested.class)));
        }
    },

    /** Page views in tumbling windows. */
    TUMBLING {
        @Override
        void addTo(StreamsBuilder builder) {
            TimestampExtractor viewedAt =
                    (view, _) -> ((PageViewed) view.value()).viewedAt().toEpochMilli();
            builder.stream(
                            input(PipelineTopic.PAGE_VIEWED),
                            consumed(PageViewed.class).withTimestampExtractor(viewedAt))
                    .groupByKey(Grouped.with(Serdes.String(), EventSerdes.of(PageViewed.class)))
                    .windowedBy(TimeWindows.ofSizeAndGrace(SIZE, GRACE))
                    .count()
                    .toStream()
                    .map(BareTopology::count)
                    .to(
                            output(PipelineTopic.PAGE_COUNTS),
                            Produced.with(Serdes.String(), EventSerdes.of(PageCount.class)));
        }
    };

    private static final Duration SIZE = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Where its results go. */
    static final TopicCatalogue RESULTS = new TopicCatalogue("bare");

    private record Addressed(OrderPlaced order, AddressChanged changed) {}

    abstract void addTo(StreamsBuilder builder);

    /** Its group. */
    String applicationId() {
        return "bare-" + name().toLowerCase(Locale.ROOT);
    }

    private static KeyValue<String, PageCount> count(Windowed<String> page, Long views) {
        PageCount count =
                new PageCount(
                        page.key(),
                        WindowKind.TUMBLING,
                        page.window().startTime(),
                        page.window().endTime(),
                        views,
                        false);
        return KeyValue.pair(count.key(), count);
    }

    private static String input(PipelineTopic topic) {
        return EventSender.TOPICS.name(topic);
    }

    private static String output(PipelineTopic topic) {
        return RESULTS.name(topic);
    }

    private static <E extends Event> Consumed<String, E> consumed(Class<E> type) {
        return Consumed.with(Serdes.String(), EventSerdes.of(type));
    }
}
