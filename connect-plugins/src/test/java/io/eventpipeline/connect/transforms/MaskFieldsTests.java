package io.eventpipeline.connect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is masked is masked wherever it lies, and what is not stays as it is. */
class MaskFieldsTests {

    private static final String KEY = "0123456789abcdef";

    private static final Schema ADDRESS =
            SchemaBuilder.struct()
                    .field("street", Schema.STRING_SCHEMA)
                    .field("city", Schema.STRING_SCHEMA)
                    .build();
    private static final Schema CUSTOMER =
            SchemaBuilder.struct()
                    .name("shop.Customer")
                    .version(2)
                    .field("name", Schema.STRING_SCHEMA)
                    .field("card", Schema.INT64_SCHEMA)
                    .field("home", ADDRESS)
                    .field("others", SchemaBuilder.array(ADDRESS).build())
                    .build();

    @Test
    void areFoundByTheirManifest() {
        assertThat(ServiceLoader.load(Transformation.class))
                .hasAtLeastOneElementOfType(MaskFields.Key.class)
                .hasAtLeastOneElementOfType(MaskFields.Value.class)
                .hasAtLeastOneElementOfType(CloudEventToHeaders.class)
                .hasAtLeastOneElementOfType(CloudEventFromHeaders.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "remove,  null",
                "replace, ***",
                "cover,   ************4242",
                "hash,    6083d19504823f4c261ff895ded4e9e3c69d4edba343f3d9a03ddf991785ccdf",
            })
    void masksByEveryMethod(String method, @Nullable String expected) {
        Map<?, ?> masked =
                map(
                        Map.of("fields", "card", "method", method, "hash.secret", KEY),
                        Map.of("card", "5555000011114242", "name", "Alice"));

        assertThat(masked.get("card")).isEqualTo(expected);
        assertThat(masked.get("name")).isEqualTo("Alice");
    }

    @ParameterizedTest
    @CsvSource({"1234567, *******", "12345678, ****5678", "😀😀😀😀😀😀😀😀, ****😀😀😀😀"})
    void showsNoMoreThanHalf(String value, String expected) {
        assertThat(map(Map.of("fields", "pin", "method", "cover"), Map.of("pin", value)))
                .isEqualTo(Map.of("pin", expected));
    }

    @Test
    void hashesEqualValuesAlikeAndWithAnotherKeyOtherwise() {
        Map<String, String> settings =
                Map.of("fields", "customer", "method", "hash", "hash.secret", KEY);
        Object alice = map(settings, Map.of("customer", "alice")).get("customer");

        assertThat(map(settings, Map.of("customer", "alice", "n", 1)).get("customer"))
                .isEqualTo(alice);
        assertThat(map(settings, Map.of("customer", "bob")).get("customer")).isNotEqualTo(alice);
        Map<String, String> otherKey = new HashMap<>(settings);
        otherKey.put("hash.secret", "another key of 16");
        assertThat(map(otherKey, Map.of("customer", "alice")).get("customer")).isNotEqualTo(alice);
    }

    @Test
    void masksFieldsInFieldsAndInLists() {
        Map<?, ?> masked =
                map(
                        Map.of("fields", "home.street,others.street"),
                        Map.of(
                                "home",
                                Map.of("street", "Elm St 1", "city", "Bonn"),
                                "others",
                                List.of(Map.of("street", "Oak St 2", "city", "Ulm"))));

        assertThat(masked)
                .isEqualTo(
                        Map.of(
                                "home",
                                Map.of("street", "***", "city", "Bonn"),
                                "others",
                                List.of(Map.of("street", "***", "city", "Ulm"))));
    }

    @Test
    void makesMaskedFieldsOptionalTextInTheSchema() {
        Struct home = new Struct(ADDRESS).put("street", "Elm St 1").put("city", "Bonn");
        Struct value =
                new Struct(CUSTOMER)
                        .put("name", "Alice")
                        .put("card", 5_555_000_011_114_242L)
                        .put("home", home)
                        .put("others", List.of(home));

        SourceRecord masked =
                transform(
                        new MaskFields.Value<>(),
                        Map.of("fields", "card,home.street,others.street", "method", "cover"),
                        sourceRecord(null, null, CUSTOMER, value));

        Schema schema = masked.valueSchema();
        assertThat(schema.name()).isEqualTo("shop.Customer");
        assertThat(schema.version()).isEqualTo(2);
        assertThat(schema.field("card").schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(schema.field("name").schema()).isEqualTo(Schema.STRING_SCHEMA);
        Struct result = (Struct) masked.value();
        result.validate();
        assertThat(result.get("card")).isEqualTo("************4242");
        assertThat(result.getStruct("home").get("street")).isEqualTo("****St 1");
        assertThat(result.getStruct("home").get("city")).isEqualTo("Bonn");
        assertThat(result.<Struct>getArray("others").getFirst().get("street"))
                .isEqualTo("****St 1");
        assertThat(value.get("card")).as("the original").isEqualTo(5_555_000_011_114_242L);
    }

    @Test
    void masksTheKeyAndLeavesTheValue() {
        SourceRecord masked =
                transform(
                        new MaskFields.Key<>(),
                        Map.of("fields", "customer"),
                        sourceRecord(
                                null,
                                Map.of("customer", "alice"),
                                null,
                                Map.of("customer", "alice")));

        assertThat(masked.key()).isEqualTo(Map.of("customer", "***"));
        assertThat(masked.value()).isEqualTo(Map.of("customer", "alice"));
    }

    @Test
    void letsNothingThroughThatLacksTheField() {
        assertThatThrownBy(() -> map(Map.of("fields", "home.stret"), Map.of("home", Map.of())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("home.stret");
        assertThatThrownBy(() ->
                        transform(
                                new MaskFields.Value<>(),
                                Map.of("fields", "home.stret"),
                                sourceRecord(null, null, CUSTOMER, new Struct(CUSTOMER))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("home.stret");
    }

    @Test
    void ignoresAMissingFieldWhereItIsToldTo() {
        assertThat(map(Map.of("fields", "email", "missing", "ignore"), Map.of("n", 1)))
                .isEqualTo(Map.of("n", 1));
    }

    @Test
    void leavesTombstonesAndNullsAlone() {
        SourceRecord tombstone = sourceRecord(null, "k", null, null);

        assertThat(transform(new MaskFields.Value<>(), Map.of("fields", "email"), tombstone))
                .isSameAs(tombstone);
        Map<String, @Nullable Object> value = new HashMap<>();
        value.put("email", null);
        assertThat(map(Map.of("fields", "email"), value)).isEqualTo(value);
    }

    @Test
    void refusesToMaskWhatIsNoText() {
        assertThatThrownBy(() -> map(Map.of("fields", "home"), Map.of("home", Map.of("a", 1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("home");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short"})
    void needsALongKeyToHash(String key) {
        assertThatThrownBy(() ->
                        map(
                                Map.of("fields", "a", "method", "hash", "hash.secret", key),
                                Map.of("a", "b")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hash.secret");
    }

    private static Map<?, ?> map(Map<String, String> settings, Map<String, ?> value) {
        SourceRecord masked =
                transform(
                        new MaskFields.Value<>(), settings, sourceRecord(null, null, null, value));
        return (Map<?, ?>) masked.value();
    }

    private static SourceRecord transform(
            MaskFields<SourceRecord> mask, Map<String, String> settings, SourceRecord original) {
        try (mask) {
            mask.configure(settings);
            return mask.apply(original);
        }
    }

    private static SourceRecord sourceRecord(
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema schema,
            @Nullable Object value) {
        return new SourceRecord(Map.of(), Map.of(), "customers", keySchema, key, schema, value);
    }
}
