package io.eventpipeline.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
                    .importPackages("io.eventpipeline.streams");

    @Test
    void dependsOnNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.eventpipeline.producer..",
                        "io.eventpipeline.consumer..",
                        "io.eventpipeline.connect..",
                        "io.eventpipeline.console..")
                .because(
                        "services talk through topics and public REST: move what both need to"
                                + " shared-model, or call the other service")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.eventpipeline.streams.(*)..")
                .should()
                .beFreeOfCycles()
                .because(
                        "pieces know topology.TopologyPiece and the runtime knows it too, so that"
                                + " neither knows the other: move what both need down")
                .check(CLASSES);
    }

    @Test
    void topologiesKnowNothingOfHowTheyAreRun() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.eventpipeline.streams.shipments..",
                        "io.eventpipeline.streams.pages..",
                        "io.eventpipeline.streams.logs..",
                        "io.eventpipeline.streams.alerts..",
                        "io.eventpipeline.streams.totals..",
                        "io.eventpipeline.streams.payments..",
                        "io.eventpipeline.streams.intake..",
                        "io.eventpipeline.streams.derivation..",
                        "io.eventpipeline.streams.topology..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.kafka..",
                        "org.springframework.web..",
                        "io.eventpipeline.streams.runtime..",
                        "io.eventpipeline.streams.queries..")
                .because(
                        "a topology must run in TopologyTestDriver as it runs in production: hand"
                                + " it what it needs by its constructor")
                .check(CLASSES);
    }

    @Test
    void everyPieceOfTheTopologyIsCalledTopology() {
        classes()
                .that()
                .implement("io.eventpipeline.streams.topology.TopologyPiece")
                .should()
                .haveSimpleNameEndingWith("Topology")
                .because("a reader looks for …Topology: rename the class")
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
                    .as("%s: take the name from TopicCatalogue", source)
                    .doesNotContain(topics);
        }
    }
}
