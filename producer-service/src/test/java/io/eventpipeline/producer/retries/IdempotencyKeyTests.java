package io.eventpipeline.producer.retries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

/** The header in both of its forms, and what is neither. */
class IdempotencyKeyTests {

    private static String read(String... fields) {
        IdempotencyKey key = IdempotencyKey.of(Collections.enumeration(List.of(fields)));
        return key == null ? "" : key.value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "8e03978e-40d5-43dd-bc93-6894a57f9324" | 8e03978e-40d5-43dd-bc93-6894a57f9324
                    8e03978e-40d5-43dd-bc93-6894a57f9324   | 8e03978e-40d5-43dd-bc93-6894a57f9324
                    "two words"                            | two words
                    "a \\"quote\\" and \\\\"               | a "quote" and \\
                    order/7:a=b                            | order/7:a=b
                    """)
    void readsTheStringInQuotesAndTheBareText(String field, String value) {
        assertThat(read(field)).isEqualTo(value);
    }

    @Test
    void isNotThereIfTheHeaderIsNot() {
        assertThat(IdempotencyKey.of(Collections.emptyEnumeration())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\" \"",
                "\"open",
                "two words",
                "a,b",
                "\"a\";p=1",
                "\"a\\b\"",
                "käse",
                "\"käse\"",
                "a\"b",
                "a\u0000b"
            })
    void refusesWhatIsNeither(String field) {
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> read(field))
                .satisfies(e -> assertThat(e.getStatusCode().value()).isEqualTo(400));
    }

    @Test
    void refusesTwoOfThemAndOneThatIsTooLong() {
        assertThatExceptionOfType(ErrorResponseException.class).isThrownBy(() -> read("a", "a"));
        assertThatExceptionOfType(ErrorResponseException.class)
                .isThrownBy(() -> read("a".repeat(256)));
        assertThat(read("a".repeat(255))).hasSize(255);
    }
}
