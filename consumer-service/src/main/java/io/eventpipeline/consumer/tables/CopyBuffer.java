package io.eventpipeline.consumer.tables;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import org.postgresql.util.ByteConverter;

/**
 * Rows in PostgreSQL's binary format for {@code COPY} (the manual's page on COPY, "Binary Format"):
 * numbers in network order, each field with its length before it. Not for several threads.
 */
final class CopyBuffer {

    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final short END = -1;

    private static final long EPOCH = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long MICROS_A_SECOND = 1_000_000;

    /** What text can say too, so that both ways of writing take and refuse the same. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final String DATETIME_FIELD_OVERFLOW = "22008";

    private static final int MAX_INTEGER_DIGITS = 131_072;
    private static final int MAX_SCALE = 16_383;
    private static final String NUMERIC_VALUE_OUT_OF_RANGE = "22003";

    private byte[] bytes;
    private int length;

    CopyBuffer(int capacity) {
        bytes = new byte[Math.max(capacity, SIGNATURE.length + Long.BYTES)];
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        length = SIGNATURE.length;
        putInt(NO_FLAGS);
        putInt(NO_EXTENSION);
    }

    /** Begins a row of so many fields. */
    void row(int fields) {
        putShort((short) fields);
    }

    void text(String value) {
        put(value.getBytes(UTF_8));
    }

    void int2(short value) {
        putInt(Short.BYTES);
        putShort(value);
    }

    void int4(int value) {
        putInt(Integer.BYTES);
        putInt(value);
    }

    void int8(long value) {
        putInt(Long.BYTES);
        ensure(Long.BYTES);
        ByteConverter.int8(bytes, length, value);
        length += Long.BYTES;
    }

    void float8(double value) {
        int8(Double.doubleToLongBits(value));
    }

    /**
     * Appends a number with all its digits.
     *
     * @throws SQLException if it has more digits than {@code numeric} holds
     */
    void numeric(BigDecimal value) throws SQLException {
        if ((long) value.precision() - value.scale() > MAX_INTEGER_DIGITS
                || value.scale() > MAX_SCALE) {
            throw new SQLException("A number is out of range", NUMERIC_VALUE_OUT_OF_RANGE);
        }
        // A negative scale is a way of writing that PostgreSQL does not keep.
        put(ByteConverter.numeric(value.scale() < 0 ? value.setScale(0) : value));
    }

    /**
     * Appends an instant of whole microseconds.
     *
     * @throws SQLException if its year has not four digits
     */
    void timestamptz(Instant value) throws SQLException {
        if (value.isBefore(EARLIEST) || value.isAfter(LATEST)) {
            throw new SQLException("A time is out of range", DATETIME_FIELD_OVERFLOW);
        }
        int8(
                (value.getEpochSecond() - EPOCH) * MICROS_A_SECOND
                        + value.get(ChronoField.MICRO_OF_SECOND));
    }

    /** Ends the rows and gives all bytes; nothing can be appended after. */
    ByteBuffer end() {
        putShort(END);
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void put(byte[] field) {
        putInt(field.length);
        ensure(field.length);
        System.arraycopy(field, 0, bytes, length, field.length);
        length += field.length;
    }

    private void putInt(int value) {
        ensure(Integer.BYTES);
        ByteConverter.int4(bytes, length, value);
        length += Integer.BYTES;
    }

    private void putShort(short value) {
        ensure(Short.BYTES);
        ByteConverter.int2(bytes, length, value);
        length += Short.BYTES;
    }

    private void ensure(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }
}
