package io.eventpipeline.producer;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The structure of the service. Each rule tells how to mend what breaks it. */
class ArchitectureTests {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.eventpipeline.producer");

    @Test
    void dependsOnNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.eventpipeline.consumer..",
                        "io.eventpipeline.streams..",
                        "io.eventpipeline.connect..",
                        "io.eventpipeline.console..")
                .because(
                        "services talk through topics and public REST: move what both need to"
                                + " shared-model, or call the other service")
                .check(CLASSES);
    }

    @Test
    void deliveryKnowsNothingOfTheDoors() {
        noClasses()
                .that()
                .resideInAPackage("io.eventpipeline.producer.delivery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.eventpipeline.producer.intake..",
                        "jakarta.servlet..",
                        "org.springframework.web..")
                .because(
                        "every door delivers the same way: give delivery what it needs in an"
                                + " OutgoingRecord, and let the door make an answer of its results")
                .check(CLASSES);
    }

    @Test
    void onlyDeliveryTouchesKafkasClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.eventpipeline.producer.delivery..",
                        "io.eventpipeline.producer.topics..",
                        "io.eventpipeline.producer.retries..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.clients..", "org.springframework.kafka..")
                .because(
                        "what a failed send means is decided in one place: publish through"
                                + " EventPublisher, and extend it where it cannot do what you need")
                .check(CLASSES);
    }

    @Test
    void namesNoTopicOutsideTheCatalogue() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertThat(new TopicCatalogue("dev").all())
                        .as(
                                "%s names a topic: get it from the TopicCatalogue, so that it"
                                        + " follows the environment",
                                file)
                        .extracting(TopicDefinition::name)
                        .noneMatch(text::contains);
            }
        }
    }
}
