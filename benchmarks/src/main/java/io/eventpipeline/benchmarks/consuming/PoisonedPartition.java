package io.eventpipeline.benchmarks.consuming;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.json.EventJson;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** One partition that a stopped listener finds full of orders, with a bad one here and there. */
public final class PoisonedPartition {

    private static final int BATCH = 1_000;
    private static final int ONLY_PARTITION = 0;
    private static final String LISTENER = "shipments";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String POSITION = "SELECT sum(next_offset) FROM consumer_offset";

    private final ConsumerService service;
    private final BenchmarkDatabase.Session session;
    private final String bootstrapServers;
    private final int batches;
    private final Orders orders = new Orders(1);

    /**
     * Of a service with one consumer.
     *
     * @param batches how many batches are read each time, with a bad record in each
     */
    public PoisonedPartition(
            ConsumerService service,
            BenchmarkDatabase.Session session,
            String bootstrapServers,
            int batches) {
        this.service = service;
        this.session = session;
        this.bootstrapServers = bootstrapServers;
        this.batches = batches;
    }

    /** Fills the partition, and measures how long the service takes once it reads. */
    public double seconds(Poison poison) {
        service.stop(LISTENER);
        long begin = session.number(POSITION);
        try (OrderSender sender = new OrderSender(bootstrapServers)) {
            OrderPlaced stored = orders.next();
            for (int i = 0; i < batches * BATCH; i++) {
                boolean bad = i % BATCH == BATCH / 2 && poison != Poison.NONE;
                OrderPlaced order = orders.next();
                byte[] value = EventJson.write(order);
                if (i == 0) {
                    sender.send(stored, ONLY_PARTITION);
                } else if (bad && poison == Poison.CONFLICT) {
                    // Its identity, and another content.
                    sender.send(stored, ONLY_PARTITION, value);
                } else {
                    sender.send(order, ONLY_PARTITION, bad ? poison.spoil(value) : value);
                }
            }
        }
        service.start(LISTENER);
        return new Progress(() -> session.number(POSITION), new TreeCpu(Map.of()))
                .measure(begin + 1, begin + (long) batches * BATCH, LONGEST)
                .seconds();
    }

    /** What is wrong with a record. */
    public enum Poison {
        /** Nothing. */
        NONE,
        /** It is no JSON. */
        MALFORMED,
        /** It has an event's identity with other content. */
        CONFLICT,
        /** PostgreSQL refuses it: the year is out of its range. */
        REFUSED;

        private byte[] spoil(byte[] value) {
            String json = new String(value, UTF_8);
            return switch (this) {
                case MALFORMED -> json.substring(1).getBytes(UTF_8);
                case REFUSED ->
                        json.replaceFirst("\"placedAt\":\"\\d{4}", "\"placedAt\":\"+999999")
                                .getBytes(UTF_8);
                case NONE, CONFLICT -> value;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
