package io.eventpipeline.streams.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.apache.kafka.streams.state.internals.RocksDBTimestampedStore;

/**
 * Key-value stores on disk that are asked while they are written.
 *
 * <p>Those of {@link org.apache.kafka.streams.state.Stores} can block for ever: who writes holds
 * the store and waits for its position, who asks by an interactive query of the second version
 * holds the position and waits for the store (KAFKA-19629, in Kafka 4.2.1). The thread still sends
 * heartbeats then, so nobody takes its partitions over. These take the store first either way.
 * Window, session and versioned stores have one order in all they do.
 */
public final class AskedStores {

    private static final String METRICS_SCOPE = "rocksdb";

    private AskedStores() {}

    /** A store of values. */
    public static KeyValueBytesStoreSupplier keyValue(String name) {
        return new Supplier(name, false);
    }

    /** A store of values with their timestamps, as tables need it. */
    public static KeyValueBytesStoreSupplier timestampedKeyValue(String name) {
        return new Supplier(name, true);
    }

    private record Supplier(String name, boolean timestamped)
            implements KeyValueBytesStoreSupplier {

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return timestamped
                    ? new TimestampedStore(name, METRICS_SCOPE)
                    : new PlainStore(name, METRICS_SCOPE);
        }

        @Override
        public String metricsScope() {
            return METRICS_SCOPE;
        }
    }

    private static final class PlainStore extends RocksDBStore {

        PlainStore(String name, String metricsScope) {
            super(name, metricsScope);
        }

        @Override
        public synchronized <R> QueryResult<R> query(
                Query<R> query, PositionBound positionBound, QueryConfig config) {
            return super.query(query, positionBound, config);
        }
    }

    private static final class TimestampedStore extends RocksDBTimestampedStore {

        TimestampedStore(String name, String metricsScope) {
            super(name, metricsScope);
        }

        @Override
        public synchronized <R> QueryResult<R> query(
                Query<R> query, PositionBound positionBound, QueryConfig config) {
            return super.query(query, positionBound, config);
        }
    }
}
