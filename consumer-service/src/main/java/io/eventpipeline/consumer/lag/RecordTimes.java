package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.lag.FirstUnreadTimes.Unread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads the timestamps of single records, with a consumer of its own that belongs to no group.
 * Confined to one thread at a time.
 */
final class RecordTimes implements AutoCloseable {

    /** Small fetches: only the first record of each partition is of interest. */
    private static final Map<String, Object> CONFIG =
            Map.of(
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                    16 * 1024,
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    1,
                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                    100,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false,
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    1_000);

    private static final Logger log = LoggerFactory.getLogger(RecordTimes.class);

    private final ConsumerFactory<?, ?> consumers;
    private final String clientId;
    private final Clock clock;
    private @Nullable Consumer<?, ?> consumer;

    RecordTimes(ConsumerFactory<?, ?> consumers, String clientId, Clock clock) {
        this.consumers = consumers;
        this.clientId = clientId;
        this.clock = clock;
    }

    /**
     * Reads the times of the first records at or behind some offsets.
     *
     * @return epoch milliseconds; {@link Long#MAX_VALUE} where only control records are left;
     *     nothing for partitions that did not answer in time
     */
    Map<TopicPartition, Long> read(Map<TopicPartition, Unread> unread, Duration timeout) {
        Map<TopicPartition, Long> times = new HashMap<>();
        try {
            if (!unread.isEmpty()) {
                read(unread, clock.instant().plus(timeout), times);
            }
        } catch (KafkaException e) {
            log.debug("Could not look at the first unread records", e);
            close();
        }
        return times;
    }

    private void read(
            Map<TopicPartition, Unread> unread, Instant deadline, Map<TopicPartition, Long> times) {
        Consumer<?, ?> looking = consumer();
        looking.assign(unread.keySet());
        unread.forEach((partition, part) -> looking.seek(partition, part.first()));
        Map<TopicPartition, Unread> open = new HashMap<>(unread);
        while (!open.isEmpty() && clock.instant().isBefore(deadline)) {
            ConsumerRecords<?, ?> records = looking.poll(Duration.ofMillis(100));
            for (ConsumerRecord<?, ?> first : records) {
                TopicPartition partition = new TopicPartition(first.topic(), first.partition());
                if (open.remove(partition) != null) {
                    times.put(partition, first.timestamp());
                    looking.pause(Set.of(partition));
                }
            }
            open.entrySet()
                    .removeIf(entry -> {
                        boolean over =
                                positionIn(entry.getKey(), looking) >= entry.getValue().end();
                        if (over) {
                            times.put(entry.getKey(), Long.MAX_VALUE);
                        }
                        return over;
                    });
        }
        looking.unsubscribe();
    }

    private static long positionIn(TopicPartition partition, Consumer<?, ?> looking) {
        try {
            return looking.position(partition, Duration.ZERO);
        } catch (TimeoutException e) {
            return -1;
        }
    }

    private Consumer<?, ?> consumer() {
        Consumer<?, ?> present = consumer;
        if (present == null) {
            Properties overrides = new Properties();
            CONFIG.forEach((key, value) -> overrides.setProperty(key, value.toString()));
            present = consumers.createConsumer(null, clientId, null, overrides);
            consumer = present;
        }
        return present;
    }

    @Override
    public void close() {
        Consumer<?, ?> present = consumer;
        consumer = null;
        if (present != null) {
            present.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }
}
