package io.eventpipeline.systemtests.kills;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.web.PageCount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Notes what readers of committed records see of the outputs, and when: from then on it is
 * processed, and no answer may be older. One thread reads.
 */
final class OutputFollower implements AutoCloseable {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String shipments;
    private final String counts;
    private final ShopLedger ledger;
    private final AtomicLong finals = new AtomicLong();
    private final Thread thread = new Thread(this::run, "output-follower");
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    OutputFollower(String bootstrapServers, TopicCatalogue topics, ShopLedger ledger) {
        this.ledger = ledger;
        shipments = topics.name(PipelineTopic.SHIPMENT_REQUESTED);
        counts = topics.name(PipelineTopic.PAGE_COUNTS);
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    void start() {
        List<TopicPartition> partitions =
                List.of(shipments, counts).stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    /** How many final counts were seen. */
    long finals() {
        Exception cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the outputs cannot be followed", cause);
        }
        return finals.get();
    }

    private void run() {
        try (consumer) {
            while (!stopped) {
                consumer.poll(POLL_TIMEOUT).forEach(this::note);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        long now = System.nanoTime();
        if (record.topic().equals(shipments)) {
            ShipmentRequested shipment = EventJson.read(record.value(), ShipmentRequested.class);
            CustomerLog customer = ledger.customersById().get(new String(record.key(), UTF_8));
            if (customer != null) {
                customer.shipped(
                        ShopLedger.sequence(shipment.orderId()),
                        ShopLedger.version(shipment.address().street()),
                        now);
            }
        } else {
            PageCount count = EventJson.read(record.value(), PageCount.class);
            PageLog page = ledger.pagesByName().get(count.page());
            if (page != null) {
                page.counted(count, now);
                if (count.isFinal()) {
                    finals.incrementAndGet();
                }
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
