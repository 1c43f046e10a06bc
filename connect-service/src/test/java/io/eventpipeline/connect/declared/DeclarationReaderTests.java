package io.eventpipeline.connect.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** Declarations are read with their placeholders; a wrong one is named by file and field. */
class DeclarationReaderTests {

    private static final TopicCatalogue SHOP = new TopicCatalogue("shop");

    @TempDir private Path folder;

    private final DeclarationReader reader =
            new DeclarationReader(
                    SHOP, new MockEnvironment().withProperty("pipeline.environment", "shop"));

    @Test
    void comesWithHostMetricsForTheEnvironmentsTopic() {
        DeclaredConnector connector = reader.builtIn("host-metrics");

        assertThat(connector.name()).isEqualTo("host-metrics");
        assertThat(connector.config())
                .containsEntry("topic", SHOP.name(PipelineTopic.SERVER_MEASURED));
    }

    @Test
    void readsJsonAndYaml() throws IOException {
        DeclaredConnector expected =
                new DeclaredConnector(
                        "a.yaml", "lines", Map.of("tasks.max", "2", "x", "true"), "PAUSED", false);

        assertThat(
                        read(
                                "a.yaml",
                                """
                                name: lines
                                initial_state: PAUSED
                                config:
                                  tasks.max: 2
                                  x: true
                                """))
                .isEqualTo(expected);
        assertThat(
                        read(
                                "a.json",
                                """
                                {"name": "lines", "initial_state": "PAUSED",
                                 "config": {"tasks.max": 2, "x": true}}
                                """))
                .usingRecursiveComparison()
                .ignoringFields("file")
                .isEqualTo(expected);
    }

    @Test
    void readsThatAConnectorIsToBeAbsent() throws IOException {
        assertThat(read("a.yml", "{name: lines, remove: true}").isRemoved()).isTrue();
    }

    @Test
    void resolvesItsOwnPlaceholdersAndLeavesThoseOfKafkaConnect() throws IOException {
        assertThat(
                        read(
                                        "a.json",
                                        """
                                        {"name": "a", "config": {
                                          "topics": "${topic.order-placed},x-${pipeline.environment}",
                                          "errors.deadletterqueue.topic.name": "${topic.order-placed}-dlt",
                                          "password": "${env:CONNECT_PASSWORD}"
                                        }}
                                        """)
                                .config())
                .containsEntry("topics", SHOP.name(PipelineTopic.ORDER_PLACED) + ",x-shop")
                .containsEntry(
                        "errors.deadletterqueue.topic.name",
                        SHOP.name(PipelineTopic.ORDER_PLACED) + "-dlt")
                .containsEntry("password", "${env:CONNECT_PASSWORD}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                              | no JSON",
                "{\"config\":{}}                                | 'name'",
                "{\"name\":\"a\"}                               | 'config'",
                "{\"name\":\"a\",\"config\":{\"b\":{}}}         | 'config.b'",
                "{\"name\":\"a\",\"config\":{\"b\":null}}       | 'config.b'",
                "{\"name\":\"a\",\"config\":{\"b\":\"${topic.none}\"}} | ${topic.none}",
                "{\"name\":\"a\",\"config\":{\"b\":\"${pipeline.none}\"}} | 'config.b'",
                "{\"name\":\"a\",\"config\":{},\"tasks\":1}     | 'tasks'",
                "{\"name\":\"a\",\"config\":{},\"initial_state\":\"x\"} | 'initial_state'",
            })
    void namesFileAndField(String declaration, String problem) {
        assertThatThrownBy(() -> read("wrong.json", declaration))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("wrong.json")
                .hasMessageContaining(problem);
    }

    @Test
    void namesAYamlFileThatIsNone() {
        assertThatThrownBy(() -> read("wrong.yaml", "name: [a"))
                .hasMessageContaining("wrong.yaml")
                .hasMessageContaining("no YAML");
    }

    @Test
    void namesABuiltInConnectorThatDoesNotExist() {
        assertThatThrownBy(() -> reader.builtIn("host-metric"))
                .isInstanceOf(DeclarationException.class)
                .hasMessageContaining("host-metric");
    }

    private DeclaredConnector read(String file, String declaration) throws IOException {
        return reader.read(Files.writeString(folder.resolve(file), declaration));
    }
}
