package io.eventpipeline.connect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The structure of the service. Each rule tells how to mend what breaks it. */
class ArchitectureTests {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.eventpipeline.connect");

    @Test
    void dependsOnNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.eventpipeline.producer..",
                        "io.eventpipeline.consumer..",
                        "io.eventpipeline.streams..",
                        "io.eventpipeline.console..")
                .because(
                        "services talk through topics and public REST: move what both need to"
                                + " shared-model, or call the other service")
                .check(CLASSES);
    }

    @Test
    void onlyTheWorkerAndItsSafetyKnowKafkaConnect() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.eventpipeline.connect.worker", "io.eventpipeline.connect.safety")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.connect..")
                .because(
                        "Kafka Connect's runtime is no public API: ask WorkerAccess or the REST"
                                + " API, and extend WorkerAccess where it does not answer")
                .check(CLASSES);
    }

    @Test
    void noConnectorIsLoadedWithTheService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.eventpipeline.connect.hostmetrics..", "org.apache.kafka.connect.file..")
                .because(
                        "connectors live in the plugin path, each in its own class loader: put it"
                                + " into connect-plugins and name it by its class name")
                .check(CLASSES);
    }

    @Test
    void namesNoTopicOutsideTheCatalogue() throws IOException {
        List<String> topics =
                new TopicCatalogue("dev").all().stream().map(TopicDefinition::name).toList();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            sources = files.filter(Files::isRegularFile).toList();
        }

        assertThat(sources).isNotEmpty();
        for (Path source : sources) {
            assertThat(Files.readString(source))
                    .as("%s: take the name from TopicCatalogue, or write ${topic.…}", source)
                    .doesNotContain(topics);
        }
    }
}
