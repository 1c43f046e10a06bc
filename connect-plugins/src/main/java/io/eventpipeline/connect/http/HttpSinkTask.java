package io.eventpipeline.connect.http;

import io.eventpipeline.connect.http.Delivery.TryAgainException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what it is given, in batches, before it returns; so Kafka Connect commits the offsets of
 * delivered records only.
 *
 * <p>After a failure that may pass, Kafka Connect gives it the same records again. What was
 * delivered of them is known by offset and not sent a second time. After a crash it is: receivers
 * see a record at least once.
 *
 * <p>Kafka Connect calls it from the task's thread only.
 */
public final class HttpSinkTask extends SinkTask {

    private final Map<TopicPartition, Long> delivered = new HashMap<>();
    private int retries;
    private @Nullable Sending sending;

    /** Used by Kafka Connect. */
    public HttpSinkTask() {}

    /** What a started task works with. */
    private record Sending(
            HttpSinkConfig config,
            RetrySchedule schedule,
            JsonValues values,
            HttpTarget target,
            Delivery delivery,
            @Nullable ErrantRecordReporter reporter) {}

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    @Override
    public void start(Map<String, String> properties) {
        HttpSinkConfig config = new HttpSinkConfig(properties);
        JsonValues values = new JsonValues();
        HttpTarget target = target(config);
        Delivery delivery =
                new Delivery(
                        target,
                        config.format(),
                        new BulkActions(config.bulkIndex(), values),
                        this::remember,
                        this::refuse);
        sending =
                new Sending(
                        config,
                        config.retries(),
                        values,
                        target,
                        delivery,
                        context.errantRecordReporter());
    }

    /**
     * Delivers all records.
     *
     * @throws RetriableException if some are to be given again after the pause that the context was
     *     told
     * @throws ConnectException if the task cannot go on
     */
    @Override
    public void put(Collection<SinkRecord> records) {
        Sending current = started();
        try {
            Batch batch = new Batch(current.config());
            for (SinkRecord sinkRecord : records) {
                if (!isDelivered(sinkRecord)) {
                    add(sinkRecord, batch, current);
                }
            }
            send(batch, current);
            retries = 0;
        } catch (TryAgainException e) {
            if (!current.schedule().allows(retries)) {
                throw new ConnectException(
                        "Gave up after %d retries. %s".formatted(retries, e.getMessage()), e);
            }
            context.timeout(current.schedule().pause(retries, e.asked()).toMillis());
            retries++;
            throw e;
        }
    }

    /** A partition that comes back may begin anywhere. */
    @Override
    public void close(Collection<TopicPartition> partitions) {
        partitions.forEach(delivered::remove);
    }

    @Override
    public void stop() {
        Sending current = sending;
        if (current != null) {
            current.target().close();
        }
    }

    private void add(SinkRecord sinkRecord, Batch batch, Sending current) {
        Line line;
        try {
            line = new Line(sinkRecord, current.values().valueOf(sinkRecord));
        } catch (DataException e) {
            // Records before it must not be taken for delivered by its offset.
            send(batch, current);
            refuse(sinkRecord, e);
            remember(sinkRecord);
            return;
        }
        if (!batch.takes(line)) {
            send(batch, current);
        }
        batch.add(line);
    }

    private static void send(Batch batch, Sending current) {
        if (!batch.lines.isEmpty()) {
            current.delivery().deliver(List.copyOf(batch.lines));
            batch.clear();
        }
    }

    private void refuse(SinkRecord sinkRecord, RuntimeException why) {
        ErrantRecordReporter reporter = started().reporter();
        if (reporter == null) {
            throw new ConnectException(
                    "A record is refused and the connector has no errors.tolerance=all: "
                            + why.getMessage(),
                    why);
        }
        try {
            reporter.report(sinkRecord, why).get();
        } catch (ExecutionException e) {
            throw new ConnectException("A refused record could not be reported", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("The task is stopped while it reports a record", e);
        }
    }

    private boolean isDelivered(SinkRecord sinkRecord) {
        Long offset = delivered.get(partitionOf(sinkRecord));
        return offset != null && sinkRecord.originalKafkaOffset() <= offset;
    }

    private void remember(List<Line> lines) {
        lines.forEach(line -> remember(line.sinkRecord()));
    }

    private void remember(SinkRecord sinkRecord) {
        delivered.put(partitionOf(sinkRecord), sinkRecord.originalKafkaOffset());
    }

    /** Transforms may have changed the topic (KIP-793, its original position). */
    private static TopicPartition partitionOf(SinkRecord sinkRecord) {
        return new TopicPartition(sinkRecord.originalTopic(), sinkRecord.originalKafkaPartition());
    }

    private Sending started() {
        Sending current = sending;
        if (current == null) {
            throw new IllegalStateException("The task was not started");
        }
        return current;
    }

    private static HttpTarget target(HttpSinkConfig config) {
        try {
            return new HttpTarget(config);
        } catch (IllegalArgumentException e) {
            throw new ConnectException("A header cannot be sent: " + e.getMessage(), e);
        }
    }

    /** Lines that go together. */
    private static final class Batch {

        private final List<Line> lines = new ArrayList<>();
        private final int maxRecords;
        private final int maxBytes;
        private long bytes;

        Batch(HttpSinkConfig config) {
            maxRecords = config.maxRecords();
            maxBytes = config.maxBytes();
        }

        boolean takes(Line line) {
            return lines.isEmpty()
                    || (lines.size() < maxRecords && bytes + line.json().length <= maxBytes);
        }

        void add(Line line) {
            lines.add(line);
            bytes += line.json().length;
        }

        void clear() {
            lines.clear();
            bytes = 0;
        }
    }
}
