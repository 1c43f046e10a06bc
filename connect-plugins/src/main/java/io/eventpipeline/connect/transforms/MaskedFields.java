package io.eventpipeline.connect.transforms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Fields to mask, as a tree: a leaf is masked, a branch is looked into. A list is looked into
 * element by element.
 */
final class MaskedFields {

    private final Map<String, MaskedFields> children = new LinkedHashMap<>();
    private final String name;

    private MaskedFields(String name) {
        this.name = name;
    }

    static MaskedFields of(Collection<String> paths) {
        MaskedFields root = new MaskedFields("");
        for (String path : paths) {
            MaskedFields current = root;
            for (String part : FieldPath.of(path).names()) {
                String full = current.name.isEmpty() ? part : current.name + "." + part;
                current = current.children.computeIfAbsent(part, any -> new MaskedFields(full));
            }
        }
        return root;
    }

    private boolean isLeaf() {
        return children.isEmpty();
    }

    /**
     * The schema of masked values: a masked field is optional text.
     *
     * @throws DataException if a field is missing and that matters
     */
    Schema schema(Schema original, boolean mayBeMissing) {
        if (isLeaf()) {
            return SchemaBuilder.string().optional().doc(original.doc()).build();
        }
        return switch (original.type()) {
            case STRUCT -> structSchema(original, mayBeMissing);
            case ARRAY -> {
                SchemaBuilder array =
                        SchemaBuilder.array(schema(original.valueSchema(), mayBeMissing))
                                .name(original.name());
                yield original.isOptional() ? array.optional().build() : array.build();
            }
            default -> throw new DataException(noFields());
        };
    }

    private Schema structSchema(Schema original, boolean mayBeMissing) {
        for (MaskedFields child : children.values()) {
            if (!mayBeMissing && original.field(child.lastName()) == null) {
                throw new DataException("There is no field " + child.name);
            }
        }
        SchemaBuilder builder = Schemas.copyOf(original);
        for (Field field : original.fields()) {
            MaskedFields child = children.get(field.name());
            builder.field(
                    field.name(),
                    child == null ? field.schema() : child.schema(field.schema(), mayBeMissing));
        }
        return builder.build();
    }

    /** The masked value, which has the schema that {@link #schema} gave. */
    @Nullable Object mask(@Nullable Object value, Schema masked, Mask mask) {
        if (value == null) {
            return null;
        }
        if (isLeaf()) {
            return mask.of(text(value));
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(mask(element, masked.valueSchema(), mask)));
            return elements;
        }
        Struct original = (Struct) value;
        Struct result = new Struct(masked);
        for (Field field : original.schema().fields()) {
            MaskedFields child = children.get(field.name());
            Object content = original.get(field);
            result.put(
                    field.name(),
                    child == null
                            ? content
                            : child.mask(content, masked.field(field.name()).schema(), mask));
        }
        return result;
    }

    /**
     * The masked value of one without schema.
     *
     * @throws DataException if a field is missing and that matters
     */
    @Nullable Object mask(@Nullable Object value, Mask mask, boolean mayBeMissing) {
        if (value == null) {
            return null;
        }
        if (isLeaf()) {
            return mask.of(text(value));
        }
        return switch (value) {
            case List<?> list -> {
                List<@Nullable Object> elements = new ArrayList<>(list.size());
                list.forEach(element -> elements.add(mask(element, mask, mayBeMissing)));
                yield elements;
            }
            case Map<?, ?> map -> maskMap(map, mask, mayBeMissing);
            default -> throw new DataException(noFields());
        };
    }

    private Map<Object, @Nullable Object> maskMap(
            Map<?, ?> original, Mask mask, boolean mayBeMissing) {
        Map<Object, @Nullable Object> result = new LinkedHashMap<>(original);
        for (MaskedFields child : children.values()) {
            String field = child.lastName();
            if (original.containsKey(field)) {
                result.put(field, child.mask(original.get(field), mask, mayBeMissing));
            } else if (!mayBeMissing) {
                throw new DataException("There is no field " + child.name);
            }
        }
        return result;
    }

    private String lastName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private String noFields() {
        return name.isEmpty() ? "The value has no fields" : "The field " + name + " has no fields";
    }

    /** A structure, a list or bytes in a leaf would be masked by their printed form. */
    private String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default ->
                    throw new DataException(
                            "The field " + name + " is no text, number or truth value");
        };
    }
}
