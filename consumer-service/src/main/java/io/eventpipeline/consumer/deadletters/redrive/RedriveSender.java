package io.eventpipeline.consumer.deadletters.redrive;

import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.starter.problem.ProblemType;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records in Kafka transactions: some records all or none, so that a failure leaves no gap in
 * a key's order. All instances use one transactional id, so that one which was frozen over its work
 * is fenced by the next (KIP-98). For one thread.
 */
final class RedriveSender implements AutoCloseable {

    /** All of it together is shorter than a transaction may idle in the database. */
    private static final Duration SENDING = Duration.ofSeconds(4);

    private static final Duration COMMITTING = Duration.ofSeconds(5);
    private static final int RETRY_AFTER_SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(RedriveSender.class);

    private final Map<String, Object> config;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    RedriveSender(Map<String, Object> defaults, String environment) {
        config = new HashMap<>(defaults);
        config.putAll(DeliveryProfile.CRITICAL.producerConfig());
        config.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "consumer-service-" + environment + "-dead-letters");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicDefinition.MAX_DEAD_LETTER_BYTES);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) COMMITTING.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) SENDING.toMillis());
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
    }

    /** A record is larger than its topic takes. */
    static final class TooLargeException extends RuntimeException {

        @Serial private static final long serialVersionUID = 1L;

        private final int index;

        TooLargeException(int index, Throwable cause) {
            super("A record is larger than its topic takes", cause);
            this.index = index;
        }

        /** Which of the records that were to be sent. */
        int index() {
            return index;
        }
    }

    /** Fences whoever used the transactional id before. */
    void begin() {
        if (producer != null) {
            return;
        }
        KafkaProducer<byte[], byte[]> made =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer = made;
        try {
            made.initTransactions();
        } catch (KafkaException e) {
            throw notWritten(e);
        }
    }

    /**
     * Sends all of the records or none.
     *
     * @throws TooLargeException if one is too large; none is sent
     * @throws org.springframework.web.ErrorResponseException 503 if none is sent, 504 if nobody
     *     knows
     */
    List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records) {
        begin();
        KafkaProducer<byte[], byte[]> sending = Objects.requireNonNull(producer);
        List<RecordMetadata> stored;
        try {
            sending.beginTransaction();
            stored = sendAll(sending, records);
        } catch (KafkaException e) {
            abort(sending, e);
            throw notWritten(e);
        }
        try {
            sending.commitTransaction();
            return stored;
        } catch (ProducerFencedException e) {
            throw notWritten(e);
        } catch (KafkaException e) {
            log.warn("It is not known whether dead letters were sent back", e);
            throw ProblemType.OUTCOME_UNKNOWN.exception(
                    "Kafka did not say whether the records are stored; send the request again:"
                            + " what is stored already is dropped by the id of its event",
                    RETRY_AFTER_SECONDS);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }

    private static List<RecordMetadata> sendAll(
            KafkaProducer<byte[], byte[]> sending, List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = records.stream().map(sending::send).toList();
        List<RecordMetadata> stored = new ArrayList<>();
        for (Future<RecordMetadata> future : sent) {
            try {
                stored.add(future.get(SENDING.toMillis() + 1_000, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("Interrupted while sending", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    abort(sending, e);
                    throw new TooLargeException(stored.size(), e.getCause());
                }
                throw new KafkaException("A record could not be sent", e.getCause());
            } catch (TimeoutException e) {
                throw new KafkaException("A record was not confirmed in time", e);
            }
        }
        return stored;
    }

    private static void abort(KafkaProducer<byte[], byte[]> sending, Exception cause) {
        try {
            sending.abortTransaction();
        } catch (KafkaException e) {
            // The next one with this id, or the transaction's time-out, aborts it.
            log.debug("A transaction was not aborted", e);
            cause.addSuppressed(e);
        }
    }

    private static RuntimeException notWritten(Exception cause) {
        log.warn("Dead letters could not be sent back: {}", cause.getMessage());
        return ProblemType.KAFKA_UNAVAILABLE.exception(
                "Kafka did not take the records; none of them was sent", RETRY_AFTER_SECONDS);
    }
}
