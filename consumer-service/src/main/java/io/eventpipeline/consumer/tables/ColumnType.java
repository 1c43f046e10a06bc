package io.eventpipeline.consumer.tables;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;

/** The types of columns: how PostgreSQL spells them, and how their values go into an array. */
enum ColumnType {
    TEXT("text") {
        @Override
        void copy(Object value, CopyBuffer buffer) {
            buffer.text((String) value);
        }
    },
    INT2("int2") {
        @Override
        void copy(Object value, CopyBuffer buffer) {
            buffer.int2(((Number) value).shortValue());
        }
    },
    INT4("int4") {
        @Override
        void copy(Object value, CopyBuffer buffer) {
            buffer.int4((Integer) value);
        }
    },
    INT8("int8") {
        @Override
        void copy(Object value, CopyBuffer buffer) {
            buffer.int8((Long) value);
        }
    },
    FLOAT8("float8") {
        @Override
        void copy(Object value, CopyBuffer buffer) {
            buffer.float8((Double) value);
        }
    },
    NUMERIC("numeric") {
        @Override
        void copy(Object value, CopyBuffer buffer) throws SQLException {
            buffer.numeric((BigDecimal) value);
        }
    },
    TIMESTAMPTZ("timestamptz") {
        @Override
        Object inArray(Object value) {
            return value.toString();
        }

        @Override
        void copy(Object value, CopyBuffer buffer) throws SQLException {
            buffer.timestamptz((Instant) value);
        }
    };

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /** As PostgreSQL spells it. */
    String sql() {
        return sql;
    }

    /** A value as the driver takes it in an array. */
    Object inArray(Object value) {
        return value;
    }

    /**
     * Appends a value to rows that are copied.
     *
     * @throws SQLException if it has no form there
     */
    abstract void copy(Object value, CopyBuffer buffer) throws SQLException;
}
