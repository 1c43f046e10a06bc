package io.eventpipeline.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The thread that searches the jar is none of those that share carriers. */
class SchemaMigrationTests {

    private static final String URL = "jdbc:postgresql://127.0.0.1:1/nobody";

    @Test
    void searchesTheJarOnAThreadThatNoCarrierCanHoldUp() {
        SchemaMigration migration =
                new SchemaMigration(
                        Flyway.configure().dataSource(URL, "nobody", "nothing").load(),
                        new DatabaseAvailability(new Away()),
                        event -> {});
        migration.start();
        try {
            // Which knows platform threads only.
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains("schema-migration");
        } finally {
            migration.stop();
        }
    }

    private static final class Away implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return "nobody";
        }

        @Override
        public String getPassword() {
            return "nothing";
        }

        @Override
        public String getJdbcUrl() {
            return URL;
        }
    }
}
