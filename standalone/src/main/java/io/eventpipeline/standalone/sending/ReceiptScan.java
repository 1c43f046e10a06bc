package io.eventpipeline.standalone.sending;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Tells receipts from problems without reading the JSON: only a receipt has the member {@code
 * offset}, and inside a string its quotes would be escaped.
 */
final class ReceiptScan {

    private static final byte[] OFFSET = "\"offset\":".getBytes(US_ASCII);

    private ReceiptScan() {}

    /** How many receipts an answer has. */
    static int receipts(byte[] answer) {
        int receipts = 0;
        for (int at = 0; at < answer.length; at++) {
            if (isOffset(answer, at, answer.length)) {
                receipts++;
                at += OFFSET.length;
            }
        }
        return receipts;
    }

    /** Whether a line is a receipt. */
    static boolean isReceipt(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (isOffset(bytes, at, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOffset(byte[] bytes, int at, int end) {
        if (bytes[at] != '"' || at + OFFSET.length > end) {
            return false;
        }
        for (int index = 1; index < OFFSET.length; index++) {
            if (bytes[at + index] != OFFSET[index]) {
                return false;
            }
        }
        return true;
    }
}
