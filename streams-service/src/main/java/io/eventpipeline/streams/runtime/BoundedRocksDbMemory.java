package io.eventpipeline.streams.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One cache for the blocks, indexes, filters and write buffers of all stores of this process. By
 * default each of them would take up to 50 MB of cache and three write buffers of 16 MB, times
 * stores, times partitions. Made by Kafka Streams, once for each store; the cache lives as long as
 * the process, so that a restarted client uses it again.
 */
public final class BoundedRocksDbMemory implements RocksDBConfigSetter {

    static final String BYTES_CONFIG = "pipeline.rocksdb.memory.bytes";

    private static final double SHARE_OF_INDEXES = 0.2;
    private static final int WRITE_BUFFERS = 2;
    private static final long LARGEST_WRITE_BUFFER = 4L * 1024 * 1024;

    private static @Nullable Shared shared;

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

    /** Made by Kafka Streams. */
    public BoundedRocksDbMemory() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        long bytes = Long.parseLong(String.valueOf(configs.get(BYTES_CONFIG)));
        Shared memory = shared(bytes);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(Math.min(LARGEST_WRITE_BUFFER, bytes / 8));
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache is shared by all stores and stays.
    }

    private static synchronized Shared shared(long bytes) {
        Shared existing = shared;
        if (existing == null) {
            RocksDB.loadLibrary();
            // No strict limit: a full cache would fail writes instead of growing for a moment.
            Cache cache = new LRUCache(bytes, -1, false, SHARE_OF_INDEXES);
            existing = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
            shared = existing;
        }
        return existing;
    }
}
