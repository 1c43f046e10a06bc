package io.eventpipeline.standalone.sending;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a run sends: a line of plain text, {@code verify <run> <number> <padding>}. The padding
 * follows from the number, so that a reader can tell whether a value is the one that was sent; it
 * hardly compresses, as real values hardly do.
 *
 * @param run the run that sent it
 * @param number its place in the run, from 0
 * @param intact whether the padding is the one that belongs to the number
 */
public record NumberedRecord(RunId run, int number, boolean intact) {

    /** The most records of a run: a reader remembers a bit for each. */
    public static final int MAX_NUMBERS = 200_000_000;

    private static final byte[] MARK = "verify ".getBytes(US_ASCII);
    private static final byte[] LETTERS = letters();

    /**
     * The value of a record.
     *
     * @param size how many bytes it has; more if run and number alone need more
     */
    static byte[] value(RunId run, long number, int size) {
        byte[] start = ("verify " + run.value() + " " + number + " ").getBytes(US_ASCII);
        byte[] value = Arrays.copyOf(start, Math.max(size, start.length));
        pad(value, start.length, number);
        return value;
    }

    /** Reads a value; empty if no run of ours sent it. */
    public static Optional<NumberedRecord> parse(byte @Nullable [] value) {
        if (value == null
                || value.length < MARK.length
                || !Arrays.equals(value, 0, MARK.length, MARK, 0, MARK.length)) {
            return Optional.empty();
        }
        int runEnd = nextSpace(value, MARK.length);
        int numberEnd = nextSpace(value, runEnd + 1);
        if (numberEnd < 0) {
            return Optional.empty();
        }
        Optional<RunId> run =
                RunId.parse(new String(value, MARK.length, runEnd - MARK.length, US_ASCII));
        int number = number(value, runEnd + 1, numberEnd);
        if (run.isEmpty() || number < 0) {
            return Optional.empty();
        }
        byte[] wanted = Arrays.copyOf(value, value.length);
        pad(wanted, numberEnd + 1, number);
        return Optional.of(new NumberedRecord(run.get(), number, Arrays.equals(value, wanted)));
    }

    private static void pad(byte[] value, int from, long number) {
        int at = from;
        int letter = (int) (number * 31 % LETTERS.length);
        while (at < value.length) {
            int length = Math.min(value.length - at, LETTERS.length - letter);
            System.arraycopy(LETTERS, letter, value, at, length);
            at += length;
            letter = 0;
        }
    }

    private static int nextSpace(byte[] value, int from) {
        for (int at = from; from > 0 && at < value.length; at++) {
            if (value[at] == ' ') {
                return at;
            }
        }
        return -1;
    }

    private static int number(byte[] value, int from, int to) {
        long number = to > from ? 0 : -1;
        for (int at = from; at < to; at++) {
            if (value[at] < '0' || value[at] > '9' || number >= MAX_NUMBERS) {
                return -1;
            }
            number = number * 10 + value[at] - '0';
        }
        return number < MAX_NUMBERS ? (int) number : -1;
    }

    private static byte[] letters() {
        Random random = new Random(7);
        byte[] letters = new byte[64 * 1024];
        for (int at = 0; at < letters.length; at++) {
            letters[at] = (byte) ('A' + random.nextInt(26));
        }
        return letters;
    }
}
