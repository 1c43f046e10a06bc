package io.eventpipeline.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * Counts how often a text occurs in bytes that come piece by piece (the algorithm of Knuth, Morris
 * and Pratt, so that no piece is kept). Not safe for use by several threads.
 */
final class ReceiptCounter implements BodyReader {

    private final byte[] text;
    private final int[] fallBack;
    private int matched;
    private long count;

    ReceiptCounter(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.fallBack = new int[this.text.length];
        for (int i = 1, length = 0; i < this.text.length; i++) {
            while (length > 0 && this.text[i] != this.text[length]) {
                length = fallBack[length - 1];
            }
            length += this.text[i] == this.text[length] ? 1 : 0;
            fallBack[i] = length;
        }
    }

    @Override
    public void read(byte[] bytes, int from, int to) {
        int length = matched;
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            while (length > 0 && next != text[length]) {
                length = fallBack[length - 1];
            }
            if (next == text[length] && ++length == text.length) {
                count++;
                length = fallBack[length - 1];
            }
        }
        matched = length;
    }

    /** How often so far. */
    long count() {
        return count;
    }

    void reset() {
        matched = 0;
        count = 0;
    }
}
