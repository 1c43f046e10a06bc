package io.eventpipeline.consumer.tables;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A column of an event's table.
 *
 * @param name its name
 * @param type its type
 * @param value what an event has there; never null
 */
record Column<E>(String name, ColumnType type, Function<E, Object> value) {

    private static final int NANOS_A_MICROSECOND = 1_000;

    static <E> Column<E> text(String name, Function<E, String> value) {
        return new Column<>(name, ColumnType.TEXT, value::apply);
    }

    static <E> Column<E> integer(String name, Function<E, Integer> value) {
        return new Column<>(name, ColumnType.INT4, value::apply);
    }

    static <E> Column<E> bigint(String name, Function<E, Long> value) {
        return new Column<>(name, ColumnType.INT8, value::apply);
    }

    static <E> Column<E> real(String name, Function<E, Double> value) {
        return new Column<>(name, ColumnType.FLOAT8, value::apply);
    }

    static <E> Column<E> money(String name, Function<E, BigDecimal> value) {
        return new Column<>(name, ColumnType.NUMERIC, value::apply);
    }

    /** Two columns: timestamptz ends at the microsecond, an event's time may not. */
    static <E> Stream<Column<E>> time(String name, Function<E, Instant> value) {
        return Stream.of(
                new Column<>(
                        name,
                        ColumnType.TIMESTAMPTZ,
                        event -> value.apply(event).truncatedTo(ChronoUnit.MICROS)),
                new Column<>(
                        name + "_nanos",
                        ColumnType.INT2,
                        event ->
                                value.apply(event).get(ChronoField.NANO_OF_SECOND)
                                        % NANOS_A_MICROSECOND));
    }

    void copy(E event, CopyBuffer buffer) throws SQLException {
        type.copy(value.apply(event), buffer);
    }

    /** Whether two events mean the same here: 12.5 and 12.50 do. */
    boolean isEqual(E one, E other) {
        Object mine = value.apply(one);
        Object theirs = value.apply(other);
        return mine instanceof BigDecimal number
                ? number.compareTo((BigDecimal) theirs) == 0
                : mine.equals(theirs);
    }
}
