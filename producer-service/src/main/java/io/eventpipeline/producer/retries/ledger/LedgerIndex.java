package io.eventpipeline.producer.retries.ledger;

import io.eventpipeline.producer.retries.ledger.LedgerLine.State;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the log says, in memory. A line changes it by the log alone, never by the reader's clock, so
 * that all instances come to the same winner: a claim wins if nobody holds the request, or if it
 * names the very place in the log that it takes over from. Thread-safe.
 */
final class LedgerIndex {

    private final Map<Digest, LedgerEntry> entries = new LinkedHashMap<>();
    private final int maxEntries;
    private final long expiryMillis;
    private long dropped;

    /**
     * An empty one.
     *
     * @param maxEntries with more the oldest are forgotten before their time
     * @param expiry how long a claim is remembered after its lease
     */
    LedgerIndex(int maxEntries, Duration expiry) {
        this.maxEntries = maxEntries;
        this.expiryMillis = expiry.toMillis();
    }

    synchronized Optional<LedgerEntry> find(Digest request, long now) {
        forgetOld(now);
        return Optional.ofNullable(entries.get(request)).filter(entry -> now < forgottenAt(entry));
    }

    /**
     * Applies the next line of the log.
     *
     * @param written the record's timestamp
     * @return whether the line counts: a claim that does not was beaten
     */
    synchronized boolean apply(Digest request, LedgerLine line, long place, long written) {
        LedgerEntry held = entries.get(request);
        if (held != null && written >= forgottenAt(held)) {
            held = null;
        }
        boolean counts =
                switch (line.state()) {
                    case CLAIMED -> wins(line, held);
                    // Whoever wrote it, it was answered so.
                    case DONE -> true;
                    case RELEASED ->
                            held == null
                                    || (held.state() == State.CLAIMED
                                            && held.claim() == line.claim());
                };
        if (counts) {
            entries.remove(request);
            entries.put(request, LedgerEntry.of(line, place));
            if (entries.size() > maxEntries) {
                Iterator<LedgerEntry> oldest = entries.values().iterator();
                oldest.next();
                oldest.remove();
                dropped++;
            }
        }
        return counts;
    }

    private static boolean wins(LedgerLine claim, @Nullable LedgerEntry held) {
        if (held == null) {
            return true;
        }
        if (claim.after() != null && claim.after() == held.place()) {
            return true;
        }
        return held.state() == State.RELEASED
                && (held.fingerprint() == null || held.fingerprint().equals(claim.content()));
    }

    private long forgottenAt(LedgerEntry entry) {
        return entry.state() == State.CLAIMED ? entry.until() + expiryMillis : entry.until();
    }

    /** They lie in the order in which they were written, and so nearly in that of their ends. */
    synchronized void forgetOld(long now) {
        Iterator<LedgerEntry> oldest = entries.values().iterator();
        while (oldest.hasNext() && now >= forgottenAt(oldest.next())) {
            oldest.remove();
        }
    }

    synchronized int size() {
        return entries.size();
    }

    /** How many were forgotten before their time, for want of room. */
    synchronized long dropped() {
        return dropped;
    }
}
