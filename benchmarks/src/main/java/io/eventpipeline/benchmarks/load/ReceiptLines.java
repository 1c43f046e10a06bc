package io.eventpipeline.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * The body of an answer to a stream: a line for each record. Counts the lines, and looks into one
 * of each block whether it is a receipt. Not safe for use by several threads.
 */
final class ReceiptLines implements BodyReader {

    private final ReceiptCounter receipts;
    private final int block;
    private final LongConsumer blockEnded;
    private final StringBuilder line = new StringBuilder();
    private long lines;
    private long refused;
    private String firstRefused = "";

    /**
     * A body of which nothing has come yet.
     *
     * @param receipt what stands in a line that is a receipt
     * @param block how many lines a block has; the last line of each is looked into
     * @param blockEnded told the number of lines at the end of each block
     */
    ReceiptLines(String receipt, int block, LongConsumer blockEnded) {
        this.receipts = new ReceiptCounter(receipt);
        this.block = block;
        this.blockEnded = blockEnded;
    }

    @Override
    public void read(byte[] bytes, int from, int to) {
        int lineBegin = from;
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                boolean last = (lines + 1) % block == 0;
                if (last) {
                    keep(bytes, lineBegin, at);
                    check();
                }
                lines++;
                lineBegin = at + 1;
                if (last) {
                    blockEnded.accept(lines);
                }
            }
        }
        if ((lines + 1) % block == 0) {
            keep(bytes, lineBegin, to);
        }
    }

    /** How many lines have come. */
    long lines() {
        return lines;
    }

    /** How many of those looked into were no receipts. */
    long refused() {
        return refused;
    }

    /** The first of them. */
    String firstRefused() {
        return firstRefused;
    }

    private void keep(byte[] bytes, int from, int to) {
        line.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        receipts.read(bytes, from, to);
    }

    private void check() {
        if (receipts.count() == 0) {
            refused++;
            firstRefused = firstRefused.isEmpty() ? line.toString() : firstRefused;
        }
        receipts.reset();
        line.setLength(0);
    }
}
