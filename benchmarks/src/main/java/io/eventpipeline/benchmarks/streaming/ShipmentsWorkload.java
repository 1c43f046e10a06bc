package io.eventpipeline.benchmarks.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.benchmarks.consuming.EventSender;
import io.eventpipeline.benchmarks.consuming.Orders;
import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Orders of customers and products that are all known. */
public final class ShipmentsWorkload implements Workload {

    private static final String ORDER_ID = "\"orderId\":\"";

    private int fills;
    private int paces;

    /** A shop. */
    public ShipmentsWorkload() {}

    @Override
    public String name() {
        return "shipments";
    }

    @Override
    public List<String> serviceSettings() {
        return List.of("pipeline.streams.topologies.enabled=shipments");
    }

    @Override
    public PipelineTopic input() {
        return PipelineTopic.ORDER_PLACED;
    }

    @Override
    public List<PipelineTopic> tables() {
        return List.of(PipelineTopic.ADDRESS_CHANGED);
    }

    @Override
    public PipelineTopic output() {
        return PipelineTopic.SHIPMENT_REQUESTED;
    }

    @Override
    public BareTopology bare() {
        return BareTopology.SHIPMENTS;
    }

    @Override
    public void prepare(String bootstrapServers) {
        try (EventSender sender = new EventSender(bootstrapServers)) {
            for (int i = 0; i < Orders.CUSTOMERS; i++) {
                send(sender, PipelineTopic.ADDRESS_CHANGED, address("customer-" + i));
            }
            for (int i = 0; i < Orders.SKUS; i++) {
                send(
                        sender,
                        PipelineTopic.PRODUCT_LISTED,
                        new ProductListed(
                                new Sku("sku-" + i),
                                "Product number " + i,
                                "category-" + i % 10,
                                BigDecimal.valueOf(1_999 + i, 2),
                                Currency.getInstance("EUR")));
            }
        }
    }

    /** An address as long as most are. */
    static AddressChanged address(String customer) {
        return new AddressChanged(
                new CustomerId(customer), "Hauptstraße 123a", "Hamburg", "20095", "DE");
    }

    static void send(EventSender sender, PipelineTopic topic, Event event) {
        sender.send(topic, null, event, event.key(), Instant.now(), EventJson.write(event));
    }

    @Override
    public void fill(String bootstrapServers, int count) {
        fills++;
        Orders orders = new Orders(fills);
        try (EventSender sender = new EventSender(bootstrapServers)) {
            for (int i = 0; i < count; i++) {
                var order = orders.next();
                sender.send(
                        input(),
                        null,
                        order,
                        order.orderId().value(),
                        order.placedAt(),
                        EventJson.write(order));
            }
        }
    }

    @Override
    public Tally tally() {
        return new Tally() {
            private long shipments;

            @Override
            public void add(ConsumerRecord<byte[], byte[]> result) {
                shipments++;
            }

            @Override
            public long events() {
                return shipments;
            }
        };
    }

    @Override
    public String door() {
        return "/orders";
    }

    @Override
    public PacedEvents paced(int count, Instant begin, int perSecond) {
        paces++;
        String prefix = "paced-" + paces + "-";
        Orders orders = new Orders(-paces);
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(
                    EventJson.write(
                            orders.next("customer-" + i * 7 % Orders.CUSTOMERS, prefix + i)));
        }
        return new PacedEvents() {
            @Override
            public byte[] body(int number) {
                return bodies.get(number);
            }

            @Override
            public List<Integer> newlyIn(ConsumerRecord<byte[], byte[]> result) {
                String json = new String(result.value(), UTF_8);
                int from = json.indexOf(ORDER_ID) + ORDER_ID.length();
                String id = json.substring(from, json.indexOf('"', from));
                return id.startsWith(prefix)
                        ? List.of(Integer.valueOf(id.substring(prefix.length())))
                        : List.of();
            }
        };
    }
}
