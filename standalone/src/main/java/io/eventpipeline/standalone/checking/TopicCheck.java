package io.eventpipeline.standalone.checking;

import io.eventpipeline.standalone.sending.NumberedRecord;
import io.eventpipeline.standalone.sending.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the numbered records of a topic, each run for itself, and leaves all other records alone.
 * For one thread.
 */
public final class TopicCheck {

    /** The clocks of sender and service may differ by so much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final @Nullable RunId only;
    private final @Nullable Receipts receipts;
    private final int expected;
    private final Consumer<Finding> told;
    private final Map<RunId, RunCheck> runs = new LinkedHashMap<>();
    private long records;

    /**
     * Creates a check.
     *
     * @param only the run to look at; all if it is null
     * @param receipts what that run's sender was told, if that is known
     * @param expected how many numbers a run has, if that is known, else 0
     * @param told hears of all that is wrong
     */
    public TopicCheck(
            @Nullable RunId only,
            @Nullable Receipts receipts,
            int expected,
            Consumer<Finding> told) {
        this.only = receipts == null ? only : receipts.run();
        this.receipts = receipts;
        this.expected = expected;
        this.told = told;
        if (this.only != null) {
            runs.put(this.only, newCheck(this.only));
        }
    }

    /**
     * Reads the topic and checks what is in it.
     *
     * @return the runs that are in it
     * @throws ReadingException if it cannot be read to its end
     */
    public Collection<RunCheck> run(TopicReader reader) throws ReadingException {
        Instant since = only == null ? null : only.began().minus(CLOCKS_DIFFER);
        reader.read(since, this::take);
        return end();
    }

    /** Says what is missing. Returns the runs. */
    Collection<RunCheck> end() {
        runs.values().forEach(RunCheck::end);
        return runs.values();
    }

    /** How many records were read, those of others included. */
    public long records() {
        return records;
    }

    void take(StoredRecord record) {
        records++;
        NumberedRecord content = record.content();
        if (content != null && (only == null || only.equals(content.run()))) {
            runs.computeIfAbsent(content.run(), this::newCheck).take(content, record);
        }
    }

    private RunCheck newCheck(RunId run) {
        return new RunCheck(run, expected, receipts, told);
    }
}
