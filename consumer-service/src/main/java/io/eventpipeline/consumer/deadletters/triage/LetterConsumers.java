package io.eventpipeline.consumer.deadletters.triage;

import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes consumers of dead-letter topics: without group, committing nothing, and with fetches small
 * enough that letters of the largest size do not fill the memory. Thread-safe.
 */
@Component
final class LetterConsumers {

    private static final int FETCH_BYTES = 8 * 1024 * 1024;
    private static final int MAX_POLL_RECORDS = 1_000;

    private final ConsumerFactory<byte[], byte[]> consumers;

    // The service's consumers hand out bytes.
    @SuppressWarnings("unchecked")
    LetterConsumers(ConsumerFactory<?, ?> consumers) {
        this.consumers = (ConsumerFactory<byte[], byte[]>) consumers;
    }

    Consumer<byte[], byte[]> create(String clientId) {
        Properties overrides = new Properties();
        overrides.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        overrides.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        overrides.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(FETCH_BYTES));
        overrides.setProperty(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(MAX_POLL_RECORDS));
        overrides.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "2000");
        return consumers.createConsumer(null, clientId, null, overrides);
    }
}
