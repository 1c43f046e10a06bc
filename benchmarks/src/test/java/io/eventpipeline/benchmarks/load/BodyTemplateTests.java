package io.eventpipeline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BodyTemplateTests {

    private static final int SIZE = 200;

    private final RandomValues values = new RandomValues(SIZE, 1);

    @Test
    void repeatsItsSectionWithCommasBetween() {
        String body =
                BodyTemplate.parse("{\"records\":[{{#records}}{\"value\":{{value}}}{{/records}}]}")
                        .body(3, values);

        JsonNode records = JsonMapper.shared().readTree(body).get("records");
        assertThat(records).hasSize(3);
        assertThat(records.get(0).get("value").toString()).hasSize(SIZE);
        assertThat(records.get(0)).isNotEqualTo(records.get(1));
    }

    @Test
    void putsNoCommasBetweenLines() {
        String body =
                BodyTemplate.parse("{{#records}}{\"id\":\"{{id}}\"}\n{{/records}}").body(2, values);

        assertThat(body.lines()).hasSize(2).allMatch(line -> line.endsWith("\"}"));
    }

    @Test
    void withoutASectionIsOneRecord() {
        BodyTemplate template = BodyTemplate.parse("{{text}}");

        assertThat(template.repeats()).isFalse();
        assertThat(template.body(1, values)).hasSize(SIZE);
        assertThatThrownBy(() -> template.body(2, values))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{#records}}{{value}}", "{{/records}}{{#records}}", "{{valeu}}"})
    void refusesWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> BodyTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
