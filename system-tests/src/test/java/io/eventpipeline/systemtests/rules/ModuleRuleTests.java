package io.eventpipeline.systemtests.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.eventpipeline.systemtests.services.ProjectTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom, over all modules. */
class ModuleRuleTests {

    private static final String ROOT = "io.eventpipeline.";
    private static final List<String> SERVICES =
            List.of("producer", "consumer", "streams", "connect");
    private static final List<String> MODULES =
            List.of(
                    "shared-model",
                    "service-starter",
                    "local-cluster",
                    "producer-service",
                    "consumer-service",
                    "streams-service",
                    "connect-plugins",
                    "connect-service",
                    "standalone");

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        List<Path> folders =
                MODULES.stream()
                        .map(module -> ProjectTree.root().resolve(module).resolve("target/classes"))
                        .toList();
        folders.stream()
                .filter(folder -> !Files.isDirectory(folder))
                .findFirst()
                .ifPresent(folder -> {
                    throw new IllegalStateException(
                            folder + " is missing; build it by: ./mvnw package -DskipTests");
                });
        classes = new ClassFileImporter().importPaths(folders);
    }

    @ParameterizedTest
    @ValueSource(strings = {"producer", "consumer", "streams", "connect"})
    void aServiceKnowsNoOtherService(String service) {
        String[] others =
                Stream.concat(
                                SERVICES.stream().filter(other -> !other.equals(service)),
                                Stream.of("localcluster", "standalone"))
                        .map(other -> ROOT + other + "..")
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because(
                        "services are deployed apart; let them talk through a topic or public REST,"
                                + " and put what both need into shared-model or service-starter")
                .check(classes);
    }

    @Test
    void sharedModelKnowsNoSpringAndNoService() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        ROOT + "starter..",
                        ROOT + "producer..",
                        ROOT + "consumer..",
                        ROOT + "streams..",
                        ROOT + "connect..")
                .because(
                        "plugins and foreign programs read our events too; what needs Spring"
                                + " belongs in service-starter")
                .check(classes);
    }

    @Test
    void serviceStarterKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "starter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "producer..",
                        ROOT + "consumer..",
                        ROOT + "streams..",
                        ROOT + "connect..",
                        ROOT + "localcluster..")
                .because("every service has it on its class path; move the class to the service")
                .check(classes);
    }

    @Test
    void localClusterAndStandaloneKnowNoService() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "localcluster..", ROOT + "standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "starter..",
                        ROOT + "producer..",
                        ROOT + "consumer..",
                        ROOT + "streams..",
                        ROOT + "connect..")
                .because("they start services as processes; ask the service over REST instead")
                .check(classes);
    }

    @Test
    void pluginsKnowNoSpring() {
        JavaClasses plugins =
                new ClassFileImporter()
                        .importPath(ProjectTree.root().resolve("connect-plugins/target/classes"));

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", ROOT + "starter..")
                .because("a plugin runs in any Connect worker, in a class loader of its own")
                .check(plugins);
    }
}
