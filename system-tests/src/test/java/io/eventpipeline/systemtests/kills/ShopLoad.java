package io.eventpipeline.systemtests.kills;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.web.PageViewed;
import io.eventpipeline.systemtests.load.OrderPlan;
import io.eventpipeline.systemtests.load.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends orders, changed addresses and page views straight to their topics by an idempotent
 * producer, acks all. Event time runs faster than the clock, so that hours of windows fit into a
 * minute; views come out of order, but never later than windows allow. One thread sends; the rest
 * is safe for use by several.
 */
final class ShopLoad implements AutoCloseable {

    /** Each customer's first orders, which may wait for their product. */
    static final int FIRST_ORDERS = 5;

    private static final String SOURCE = "/system-tests/kills";
    private static final int ORDERS_TO_AN_ADDRESS = 10;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** Windows stay open for 30 s of event time (DESIGN.md section 7). */
    private static final long MOST_LATE_MILLIS = 20_000;

    /** A page is seen in two of three such spans, so that sessions end. */
    private static final long SPAN_MILLIS = Duration.ofMinutes(20).toMillis();

    private static final Duration BEFORE_NOW = Duration.ofHours(20);
    private static final Duration CLOSING = Duration.ofHours(1);

    private final TopicCatalogue topics;
    private final OrderPlan plan;
    private final ShopLedger ledger;
    private final int rate;
    private final long step;
    private final SplittableRandom random;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Instant begin = Instant.now();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unacknowledged = new AtomicLong();
    private final Thread thread = new Thread(this::run, "shop-load");
    private long eventTime = begin.minus(BEFORE_NOW).toEpochMilli();
    private long views;
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    ShopLoad(
            String bootstrapServers,
            TopicCatalogue topics,
            OrderPlan plan,
            ShopLedger ledger,
            KillsSettings settings,
            long seed) {
        this.topics = topics;
        this.plan = plan;
        this.ledger = ledger;
        rate = settings.rate();
        step = settings.step().toMillis();
        random = new SplittableRandom(seed);
        Map<String, Object> config = new HashMap<>(DeliveryProfile.CRITICAL.producerConfig());
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT.toMillis());
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends all products, everyone's address and a few orders of everyone. */
    void open() {
        plan.products().forEach(product -> send(PipelineTopic.PRODUCT_LISTED, product, _ -> {}));
        for (int customer = 0; customer < ledger.customers().size(); customer++) {
            move(customer);
        }
        producer.flush();
        for (int order = 0; order < FIRST_ORDERS * ledger.customers().size(); order++) {
            order(order);
        }
        producer.flush();
    }

    void start() {
        thread.start();
    }

    /** Ends the load and closes every window that has views. */
    void end() {
        stopped = true;
        await("all to be sent").atMost(TIMEOUT).until(() -> !thread.isAlive());
        Exception cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the load ended early", cause);
        }
        String topic = topics.name(PipelineTopic.PAGE_VIEWED);
        Instant after = Instant.ofEpochMilli(eventTime).plus(CLOSING);
        int partitions = producer.partitionsFor(topic).size();
        for (int tick = 0; tick < 2; tick++) {
            for (int partition = 0; partition < partitions; partition++) {
                PageViewed view =
                        new PageViewed(
                                "clock-" + partition, "clock", after.plusSeconds(tick * 10L));
                send(topic, partition, view, _ -> {});
            }
        }
        producer.flush();
    }

    /** How many records were acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** How many records the producer gave up. */
    long unacknowledged() {
        return unacknowledged.get();
    }

    /** Waits for so many more acknowledged records. */
    void awaitAcknowledged(int more) {
        long wanted = acknowledged.get() + more;
        await(more + " more records to be acknowledged")
                .atMost(TIMEOUT)
                .until(() -> acknowledged.get() >= wanted);
    }

    private void run() {
        try {
            Pace pace = new Pace();
            int first = FIRST_ORDERS * ledger.customers().size();
            for (int number = first; !stopped; number++) {
                pace.await(rate);
                order(number);
                view();
                if (number % ORDERS_TO_AN_ADDRESS == 0) {
                    move(random.nextInt(ledger.customers().size()));
                }
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void order(int number) {
        int customers = ledger.customers().size();
        CustomerLog customer = ledger.customers().get(number % customers);
        OrderPlaced planned = plan.order(number % customers, number / customers + 1);
        OrderPlaced order =
                new OrderPlaced(
                        planned.orderId(),
                        planned.customer(),
                        planned.sku(),
                        planned.quantity(),
                        planned.amount(),
                        planned.currency(),
                        begin.plusMillis(number));
        customer.ordersSent.increment(System.nanoTime());
        send(
                PipelineTopic.ORDER_PLACED,
                order,
                stored -> {
                    customer.lies(stored.partition());
                    customer.ordersStored.increment(System.nanoTime());
                });
    }

    private void move(int number) {
        CustomerLog customer = ledger.customers().get(number);
        AddressChanged planned = plan.addresses().get(number);
        long version = customer.addressSent.latest() + 1;
        customer.addressSent.reach(version, System.nanoTime());
        send(
                PipelineTopic.ADDRESS_CHANGED,
                new AddressChanged(
                        planned.customer(),
                        ShopLedger.street(version),
                        planned.city(),
                        planned.postalCode(),
                        planned.country()),
                stored -> customer.addressStored.reach(version, System.nanoTime()));
    }

    /** Views end when their time would come too near to now: those from the future are refused. */
    private void view() {
        if (eventTime > begin.minus(CLOSING.multipliedBy(2)).toEpochMilli()) {
            return;
        }
        eventTime += random.nextLong(2 * step) + 1;
        int number = random.nextInt(ledger.pages().size());
        if ((eventTime / SPAN_MILLIS + number) % 3 == 0) {
            return;
        }
        PageLog page = ledger.pages().get(number);
        long viewedAt = eventTime - random.nextLong(MOST_LATE_MILLIS);
        int view = page.add(viewedAt, System.nanoTime());
        send(
                PipelineTopic.PAGE_VIEWED,
                new PageViewed(page.page(), "visitor-" + views++, Instant.ofEpochMilli(viewedAt)),
                stored -> page.stored(view, stored.partition(), System.nanoTime()));
    }

    private void send(PipelineTopic topic, Event event, Consumer<RecordMetadata> stored) {
        send(topics.name(topic), null, event, stored);
    }

    private void send(
            String topic,
            @Nullable Integer partition,
            Event event,
            Consumer<RecordMetadata> stored) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic, partition, event.key().getBytes(UTF_8), EventJson.write(event));
        CloudEventHeaders.write(
                new EventMetadata(
                        new EventIdentity(SOURCE, id(event)),
                        EventTypes.nameOf(event.getClass()),
                        Instant.now(),
                        event.key(),
                        null),
                record.headers());
        var _ =
                producer.send(
                        record,
                        (metadata, exception) -> {
                            if (exception == null) {
                                stored.accept(metadata);
                                acknowledged.incrementAndGet();
                            } else {
                                unacknowledged.incrementAndGet();
                            }
                        });
    }

    private static String id(Event event) {
        return switch (event) {
            case OrderPlaced order -> order.orderId().value();
            case PageViewed view -> view.visitor() + "|" + view.page() + "|" + view.viewedAt();
            case AddressChanged address -> address.key() + "|" + address.street();
            default -> event.key();
        };
    }

    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ofSeconds(5));
    }
}
