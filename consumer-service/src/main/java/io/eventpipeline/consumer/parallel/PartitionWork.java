package io.eventpipeline.consumer.parallel;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work on one partition, from its assignment to its revocation: each key with work has a
 * virtual thread, which takes the key's records one after the other. Records without key have no
 * order to keep, so each is a key of its own. The offset that may be committed stands before the
 * first record that is not done, whatever is done behind it; after a crash some records are worked
 * on again, and none is passed over. Thread-safe.
 */
public final class PartitionWork {

    private static final Logger log = LoggerFactory.getLogger(PartitionWork.class);
    private static final Duration PAUSE_AFTER_BUG = Duration.ofSeconds(1);

    private final RecordTask task;
    private final Map<Object, Deque<Entry>> queues = new HashMap<>();
    private final Deque<Entry> window = new ArrayDeque<>();
    private final Set<Thread> workers = new HashSet<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private long committable = -1;
    private long next = -1;
    private boolean closed;

    /** Creates it without records. */
    public PartitionWork(RecordTask task) {
        this.task = task;
    }

    /**
     * Takes records, in the order of their offsets, and begins to work on them.
     *
     * @param following the offset after the last of them and what readers never see behind it
     */
    public synchronized void add(List<ConsumerRecord<byte[], byte[]>> records, long following) {
        if (closed) {
            return;
        }
        next = following;
        for (ConsumerRecord<byte[], byte[]> one : records) {
            Entry entry = new Entry(one);
            window.add(entry);
            Object key = one.key() == null ? entry : ByteBuffer.wrap(one.key());
            Deque<Entry> queue = queues.get(key);
            if (queue == null) {
                queue = new ArrayDeque<>();
                queues.put(key, queue);
                queue.add(entry);
                Thread worker = Thread.ofVirtual().unstarted(() -> work(key));
                workers.add(worker);
                worker.start();
            } else {
                queue.add(entry);
            }
        }
        advance();
    }

    /** How many records are in hand: those between the committable offset and the newest. */
    public synchronized int pending() {
        return window.size();
    }

    /** The offset that may be committed; -1 before anything was taken. */
    public synchronized long committable() {
        return committable;
    }

    /**
     * Drops what waits or is not due, lets what runs come to its end, and interrupts it where that
     * takes too long. {@link #committable()} does not move afterwards.
     *
     * @return whether all that ran came to its end in time
     */
    public synchronized boolean close(Duration patience) {
        queues.values().forEach(Deque::clear);
        closing.countDown();
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        closed = true;
        while (!workers.isEmpty() && !interrupted) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        boolean done = workers.isEmpty();
        workers.forEach(Thread::interrupt);
        workers.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return done;
    }

    private void work(Object key) {
        try {
            for (Entry entry = first(key);
                    entry != null && awaitDue(entry.source);
                    entry = following(key, entry)) {
                process(entry.source);
            }
        } catch (InterruptedException e) {
            // The partition was taken away: whoever has it now begins where this stopped.
            log.debug("Work on a key was interrupted", e);
        }
        ended();
    }

    /** Waits until a record may be processed; false if the partition is gone before. */
    private boolean awaitDue(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        long left = task.dueIn(source).toMillis();
        return left <= 0 || !closing.await(left, TimeUnit.MILLISECONDS);
    }

    /** A task that throws has a bug; its record is not passed over. */
    private void process(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        while (true) {
            try {
                task.process(source);
                return;
            } catch (RuntimeException e) {
                log.error(
                        "{}-{}@{} is tried again after an unexpected failure",
                        source.topic(),
                        source.partition(),
                        source.offset(),
                        e);
                Thread.sleep(PAUSE_AFTER_BUG);
            }
        }
    }

    private synchronized @Nullable Entry first(Object key) {
        Deque<Entry> queue = queues.get(key);
        return queue == null ? null : queue.peek();
    }

    /**
     * Notes that a key's record is done, and gives its next; the key is forgotten with its last.
     */
    private synchronized @Nullable Entry following(Object key, Entry done) {
        if (!workers.contains(Thread.currentThread())) {
            return null;
        }
        done.done = true;
        advance();
        Deque<Entry> queue = queues.getOrDefault(key, new ArrayDeque<>());
        queue.poll();
        if (queue.isEmpty()) {
            queues.remove(key);
            // From here on a record of this key gets another thread.
            workers.remove(Thread.currentThread());
            notifyAll();
            return null;
        }
        return queue.peek();
    }

    private synchronized void ended() {
        workers.remove(Thread.currentThread());
        notifyAll();
    }

    private void advance() {
        while (!window.isEmpty() && window.peek().done) {
            window.poll();
        }
        Entry first = window.peek();
        committable = first == null ? next : first.source.offset();
    }

    private static final class Entry {
        private final ConsumerRecord<byte[], byte[]> source;
        private boolean done;

        private Entry(ConsumerRecord<byte[], byte[]> source) {
            this.source = source;
        }
    }
}
