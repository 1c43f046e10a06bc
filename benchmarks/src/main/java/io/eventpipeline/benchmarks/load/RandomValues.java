package io.eventpipeline.benchmarks.load;

import java.util.SplittableRandom;

/**
 * Record values of one exact size: JSON objects of which most is random letters, so that
 * compression gains no more than it does for Kafka's own producer test. The same seed gives the
 * same values. Not safe for use by several threads.
 */
public final class RandomValues {

    private static final String FRAME = "{\"id\":\"%016x\",\"text\":\"%s\"}";
    private static final int FRAME_SIZE = FRAME.formatted(0L, "").length();

    private final SplittableRandom random;
    private final int size;

    /**
     * Values for one series of requests.
     *
     * @param size the length of each value in bytes
     * @param seed where the random letters begin
     */
    public RandomValues(int size, long seed) {
        if (size <= FRAME_SIZE) {
            throw new IllegalArgumentException(
                    "a value has more than %d bytes, not %d".formatted(FRAME_SIZE, size));
        }
        this.size = size;
        this.random = new SplittableRandom(seed);
    }

    /** The next value: a JSON object. */
    String json() {
        return FRAME.formatted(random.nextLong(), letters(size - FRAME_SIZE));
    }

    /** The next value as plain letters. */
    String text() {
        return letters(size);
    }

    /** An id that no other record of this series has. */
    String id() {
        return Long.toHexString(random.nextLong());
    }

    private String letters(int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append((char) ('A' + random.nextInt(26)));
        }
        return letters.toString();
    }
}
