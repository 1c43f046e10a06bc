package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header values are decoded as section 3.1.3.2 of the HTTP binding says, and only so. */
class AttributeHeaderTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    plain                 | plain
                    Euro%20%E2%82%AC%20%F0%9F%98%80 | Euro € 😀
                    %e2%82%ac             | €
                    %61%62c               | abc
                    100%2525              | 100%25
                    a+b                   | a+b
                    "quoted string"       | quoted string
                    "with \\"quotes\\" \\\\ " | 'with "quotes" \\ '
                    "first%20unquoted, then decoded" | first unquoted, then decoded
                    "\\%41"               | A
                    %22kept%22            | "kept"
                    in the "middle"       | in the "middle"
                    ""                    | ''
                    """)
    void decodesAValue(String header, String attribute) {
        assertThat(AttributeHeader.decode(header)).isEqualTo(attribute);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%C0%A0", // an overlong space
                "%E0%80%AF", // an overlong slash
                "%ED%A0%80", // a surrogate
                "%F5%80%80%80", // beyond Unicode
                "%E2%82", // cut off
                "caf%E9" // ISO 8859-1
            })
    void refusesWhatIsNotUtf8(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttributeHeader.decode(header))
                .withMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "%4", "%zz", "%u20AC", "% 41"})
    void refusesAPercentSignThatEncodesNothing(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttributeHeader.decode(header))
                .withMessageContaining("%25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open", "\"closed\" too early", "\"", "\"escaped\\\"", "\"\\"})
    void refusesAQuoteThatIsNotClosedAtTheEnd(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AttributeHeader.decode(header))
                .withMessageContaining("quote");
    }

    @Test
    void takesOctetsOfUtf8AsTheyCome() {
        String asContainersGiveIt = new String("Jürgen".getBytes(UTF_8), ISO_8859_1);

        assertThat(AttributeHeader.decode(asContainersGiveIt)).isEqualTo("Jürgen");
        assertThatIllegalArgumentException().isThrownBy(() -> AttributeHeader.decode("Jürgen"));
    }
}
