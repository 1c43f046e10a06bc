package io.eventpipeline.connect.transforms;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Names a field, or a field in a field by dots: {@code customer.email}.
 *
 * @param names from the outside to the inside
 */
record FieldPath(List<String> names) {

    static @Nullable FieldPath ofNullable(@Nullable String path) {
        return path == null || path.isBlank() ? null : of(path);
    }

    static FieldPath of(String path) {
        return new FieldPath(List.of(path.strip().split("\\.", -1)));
    }

    /**
     * What the field holds.
     *
     * @throws DataException if there is no such field
     */
    @Nullable Object of(Object value) {
        Object current = value;
        for (String name : names) {
            current =
                    switch (current) {
                        case Struct struct when struct.schema().field(name) != null ->
                                struct.get(name);
                        case Map<?, ?> map when map.containsKey(name) -> map.get(name);
                        case null, default -> throw new DataException("There is no field " + this);
                    };
        }
        return current;
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
