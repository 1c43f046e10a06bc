package io.eventpipeline.producer.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what one topic may have waiting for Kafka. A topic whose leader is away or slow then fills
 * its own share and not the producer's buffer, which others need. Thread-safe.
 */
final class TopicInFlightLimit {

    private final long maxRecords;
    private final long maxBytes;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    TopicInFlightLimit(long maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    private static final class Share {
        private final AtomicLong records = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
    }

    /**
     * Takes room for some records of a topic, each of which has to {@link #leave} later.
     *
     * @return false if there is none; a topic with nothing in flight has always room
     */
    boolean enter(String topic, long records, long bytes) {
        Share share = shares.computeIfAbsent(topic, _ -> new Share());
        long recordsNow = share.records.addAndGet(records);
        long bytesNow = share.bytes.addAndGet(bytes);
        if (recordsNow > records && (recordsNow > maxRecords || bytesNow > maxBytes)) {
            share.records.addAndGet(-records);
            share.bytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives back the room of one record. */
    void leave(String topic, long bytes) {
        Share share = shares.get(topic);
        if (share != null) {
            share.records.decrementAndGet();
            share.bytes.addAndGet(-bytes);
        }
    }
}
