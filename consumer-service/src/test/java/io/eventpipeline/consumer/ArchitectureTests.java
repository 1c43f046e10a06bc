package io.eventpipeline.consumer;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What keeps the once-only promise in one place, and the service apart from the others. */
class ArchitectureTests {

    private static final String ROOT = "io.eventpipeline.consumer";

    private final JavaClasses service =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void dependsOnNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.eventpipeline.producer..",
                        "io.eventpipeline.streams..",
                        "io.eventpipeline.connect..",
                        "io.eventpipeline.localcluster..")
                .because(
                        "services talk through topics and public REST: move what both need to"
                                + " shared-model or service-starter")
                .check(service);
    }

    @Test
    @DisplayName("C6 a consumer is touched by its own member only")
    void onlyMembersMoveConsumers() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".delivery",
                        ROOT + ".archive",
                        ROOT + ".lag",
                        ROOT + ".deadletters.triage",
                        ROOT + ".webhook")
                .should()
                .callMethodWhere(target(With.owner(assignableTo(Consumer.class))))
                .because(
                        "a seek or a commit that the member does not know of breaks its"
                                + " promise: add an operation to GroupMember or ArchiveMember")
                .check(service);
    }

    @Test
    void onlyTablesAndOffsetsSpeakSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".tables", ROOT + ".delivery", ROOT + ".deadletters.triage")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(JdbcTemplate.class)
                .because(
                        "what is stored is decided in one place: add a method to the table's"
                                + " class")
                .check(service);
    }

    @Test
    void theArchiveKnowsNothingOfPostgreSql() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".archive", ROOT + ".tail", ROOT + ".recordjson")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".store",
                        ROOT + ".tables",
                        "org.springframework.jdbc..",
                        "javax.sql..")
                .because("it goes on while the database is away: keep what it needs in its files")
                .check(service);
    }

    @Test
    void tablesKnowNothingOfKafka() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".tables")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..")
                .because(
                        "how an event becomes a row does not depend on how it came: keep records"
                                + " in intake and offsets in delivery")
                .check(service);
    }
}
