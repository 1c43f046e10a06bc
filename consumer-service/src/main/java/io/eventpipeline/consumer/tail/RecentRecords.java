package io.eventpipeline.consumer.tail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The newest lines, bounded in number and bytes. Thread-safe. */
final class RecentRecords {

    private final int maxLines;
    private final long maxBytes;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private long bytes;

    RecentRecords(int maxLines, long maxBytes) {
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
    }

    /** Adds a line and forgets the oldest ones that there is no room for any more. */
    synchronized void add(byte[] line) {
        if (line.length > maxBytes) {
            return;
        }
        lines.addLast(line);
        bytes += line.length;
        while (lines.size() > maxLines || bytes > maxBytes) {
            bytes -= lines.removeFirst().length;
        }
    }

    /** The newest lines, newest first. */
    synchronized List<byte[]> newest(int limit) {
        List<byte[]> newest = new ArrayList<>(Math.min(limit, lines.size()));
        Iterator<byte[]> backwards = lines.descendingIterator();
        while (backwards.hasNext() && newest.size() < limit) {
            newest.add(backwards.next());
        }
        return newest;
    }
}
