package io.eventpipeline.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers and askers of a store go on together; with Kafka's own stores both stand still. */
class AskedStoresTests {

    private static final String STORE = "asked";
    private static final String KEY = "key";
    private static final long TIMES = 20_000;

    @TempDir private Path state;

    @Test
    void plainStoresCanBeAskedWhileTheyAreWritten() {
        TopologyTestDriver driver =
                driver(
                        Stores.keyValueStoreBuilder(
                                AskedStores.keyValue(STORE), Serdes.String(), Serdes.Long()));
        KeyValueStore<String, Long> store = driver.getKeyValueStore(STORE);
        writeAndAsk(number -> store.put(KEY, number), store);
        assertThat(store.get(KEY)).isEqualTo(TIMES - 1);
        // Not where it failed: it would wait for the threads that wait for each other.
        driver.close();
    }

    @Test
    void storesOfTablesCanBeAskedWhileTheyAreWritten() {
        TopologyTestDriver driver =
                driver(
                        Stores.timestampedKeyValueStoreBuilder(
                                AskedStores.timestampedKeyValue(STORE),
                                Serdes.String(),
                                Serdes.Long()));
        KeyValueStore<String, ValueAndTimestamp<Long>> store =
                driver.getTimestampedKeyValueStore(STORE);
        writeAndAsk(number -> store.put(KEY, ValueAndTimestamp.make(number, number)), store);
        assertThat(store.get(KEY).value()).isEqualTo(TIMES - 1);
        // Not where it failed: it would wait for the threads that wait for each other.
        driver.close();
    }

    private TopologyTestDriver driver(StoreBuilder<?> builder) {
        StreamsBuilder topology = new StreamsBuilder();
        topology.addStateStore(builder);
        topology.stream("input", Consumed.with(Serdes.String(), Serdes.Long()))
                .process(Nothing::new, STORE);
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "asked-stores");
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return new TopologyTestDriver(topology.build(), config);
    }

    private static final class Nothing implements Processor<String, Long, Void, Void> {
        @Override
        public void process(Record<String, Long> record) {
            throw new IllegalStateException("nobody sends");
        }
    }

    private static void writeAndAsk(LongConsumer writer, StateStore store) {
        CompletableFuture<Void> writing =
                inThreadOfItsOwn(() -> {
                    for (long number = 0; number < TIMES; number++) {
                        writer.accept(number);
                    }
                });
        CompletableFuture<Void> asking =
                inThreadOfItsOwn(() -> {
                    for (long time = 0; time < TIMES; time++) {
                        assertThat(
                                        store.query(
                                                        KeyQuery.<String, Long>withKey(KEY),
                                                        PositionBound.unbounded(),
                                                        new QueryConfig(false))
                                                .isSuccess())
                                .isTrue();
                    }
                });
        assertThatCode(() -> CompletableFuture.allOf(writing, asking).get(60, TimeUnit.SECONDS))
                .doesNotThrowAnyException();
    }

    /** The common pool has one thread on two processors. */
    private static CompletableFuture<Void> inThreadOfItsOwn(Runnable task) {
        return CompletableFuture.runAsync(
                task, command -> Thread.ofPlatform().daemon().start(command));
    }
}
