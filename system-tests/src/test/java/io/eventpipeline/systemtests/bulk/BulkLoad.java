package io.eventpipeline.systemtests.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.systemtests.load.Pace;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends orders straight to their topic by an idempotent producer, acks all, one request in flight.
 * Every fiftieth or so is sent again with the same identity, some right behind, some thousands of
 * orders later. One thread sends; the rest is safe for use by several.
 */
final class BulkLoad implements AutoCloseable {

    private static final String SOURCE = "/system-tests/bulk";
    private static final double SHARE_OF_COPIES = 0.02;
    private static final int FURTHEST_COPY = 20_000;

    /** Orders a second beyond the wanted number, while something is still to be broken. */
    private static final int TRICKLE = 100;

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final String topic;
    private final BulkPlan plan;
    private final BulkSettings settings;
    private final SplittableRandom random;
    private final KafkaProducer<byte[], byte[]> producer;
    private final PriorityQueue<Copy> laterCopies =
            new PriorityQueue<>(Comparator.comparingInt(Copy::due));
    private final BitSet acknowledged = new BitSet();
    private final AtomicInteger acknowledgedCount = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger copies = new AtomicInteger();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "bulk-load");
    private volatile boolean mayEnd;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    private record Copy(int due, int number) {}

    BulkLoad(
            String bootstrapServers,
            String topic,
            BulkPlan plan,
            BulkSettings settings,
            long seed) {
        this.topic = topic;
        this.plan = plan;
        this.settings = settings;
        random = new SplittableRandom(seed);
        Map<String, Object> config = new HashMap<>(DeliveryProfile.CRITICAL.producerConfig());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT.toMillis());
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void start() {
        thread.start();
    }

    /** Everything was broken that should be: sending ends with the wanted number of orders. */
    void mayEnd() {
        mayEnd = true;
    }

    /** Whether the wanted number of orders was sent. */
    boolean isComplete() {
        return sent.get() >= settings.orders();
    }

    /** Waits until all is sent and answered; first say that it may end. */
    void awaitEnd() {
        await("all orders to be sent").forever().until(() -> !thread.isAlive());
        requireSound();
    }

    /** Waits for so many more acknowledged orders. */
    void awaitAcknowledged(int more) {
        int wanted = acknowledgedCount.get() + more;
        await(more + " more orders to be acknowledged")
                .atMost(TIMEOUT)
                .until(() -> {
                    requireSound();
                    return acknowledgedCount.get() >= wanted || !thread.isAlive();
                });
    }

    private void requireSound() {
        Exception cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the load ended early", cause);
        }
    }

    /** How many different orders were sent. */
    int sent() {
        return sent.get();
    }

    /** How many copies were sent. */
    int copies() {
        return copies.get();
    }

    /** How many records were given up. */
    int unacknowledged() {
        return unacknowledged.get();
    }

    /** The numbers of the acknowledged orders; a copy counts for its order. */
    BitSet acknowledged() {
        synchronized (acknowledged) {
            return (BitSet) acknowledged.clone();
        }
    }

    private void run() {
        try {
            Pace pace = new Pace();
            for (int number = 0; !closed && !(mayEnd && number >= settings.orders()); number++) {
                pace.await(rate(number));
                sendWithCopies(number);
            }
            while (!laterCopies.isEmpty()) {
                copy(laterCopies.remove().number());
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private int rate(int number) {
        boolean wanted = settings.orders() == 0 || number < settings.orders();
        return wanted ? settings.rate() : Math.min(TRICKLE, settings.rate());
    }

    private void sendWithCopies(int number) {
        send(number);
        sent.incrementAndGet();
        if (random.nextDouble() < SHARE_OF_COPIES) {
            if (random.nextBoolean()) {
                copy(number);
            } else {
                laterCopies.add(new Copy(number + random.nextInt(1, FURTHEST_COPY), number));
            }
        }
        while (!laterCopies.isEmpty() && laterCopies.element().due() <= number) {
            copy(laterCopies.remove().number());
        }
    }

    private void copy(int number) {
        send(number);
        copies.incrementAndGet();
    }

    private void send(int number) {
        OrderPlaced order = plan.order(number);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, order.key().getBytes(UTF_8), EventJson.write(order));
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity(SOURCE, order.orderId().value()),
                        EventTypes.nameOf(OrderPlaced.class),
                        order.placedAt(),
                        order.key(),
                        null),
                record.headers());
        var _ =
                producer.send(
                        record,
                        (metadata, exception) -> {
                            if (exception == null) {
                                acknowledge(number);
                            } else {
                                unacknowledged.incrementAndGet();
                            }
                        });
    }

    private void acknowledge(int number) {
        synchronized (acknowledged) {
            if (!acknowledged.get(number)) {
                acknowledged.set(number);
                acknowledgedCount.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        producer.close(Duration.ofSeconds(5));
    }
}
