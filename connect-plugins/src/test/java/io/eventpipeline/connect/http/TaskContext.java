package io.eventpipeline.connect.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** What a worker offers to a task, as far as the task uses it. */
final class TaskContext implements SinkTaskContext {

    private final Map<SinkRecord, Throwable> reported = new LinkedHashMap<>();
    private final boolean tolerant;
    private long timeoutMillis;

    /** With a reporter of errors, as {@code errors.tolerance=all} gives it, or without. */
    TaskContext(boolean tolerant) {
        this.tolerant = tolerant;
    }

    Map<SinkRecord, Throwable> reported() {
        return reported;
    }

    long timeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        if (!tolerant) {
            return null;
        }
        return (errant, error) -> {
            reported.put(errant, error);
            return CompletableFuture.allOf();
        };
    }

    @Override
    public void timeout(long millis) {
        timeoutMillis = millis;
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.of();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requestCommit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new UnsupportedOperationException();
    }
}
