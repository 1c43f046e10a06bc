package io.eventpipeline.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One broker and one PostgreSQL for all tests of a JVM, started by the first that asks, gone with
 * their data when the JVM ends. A test that breaks things starts its own {@link LocalKafka} or
 * {@link LocalPostgres} instead. Safe for use by several threads.
 */
public final class SharedCluster {

    private static @Nullable Path folder;
    private static @Nullable LocalKafka kafka;
    private static @Nullable LocalPostgres postgres;

    private SharedCluster() {}

    /** The shared broker, started. */
    public static synchronized LocalKafka kafka() {
        if (kafka == null) {
            kafka = LocalKafka.builder().dataFolder(folder().resolve("kafka")).build().start();
        }
        return kafka;
    }

    /** The shared PostgreSQL, started. */
    public static synchronized LocalPostgres postgres() {
        if (postgres == null) {
            postgres =
                    LocalPostgres.builder()
                            .dataFolder(folder().resolve("postgresql"))
                            // Safe against kill -9 all the same; only the machine may not crash.
                            .setting("fsync", "off")
                            .build()
                            .start();
        }
        return postgres;
    }

    /**
     * Makes a database that no other test uses, on the shared PostgreSQL.
     *
     * @return its URL; user and password are those of {@link #postgres()}
     */
    public static String newDatabase() {
        return postgres().createDatabase("test_" + UUID.randomUUID().toString().replace('-', '_'));
    }

    private static Path folder() {
        if (folder == null) {
            try {
                folder = Files.createTempDirectory("event-pipeline-tests-");
            } catch (IOException e) {
                throw new LocalClusterException("could not create a temporary folder", e);
            }
            Guardian.get().deleteAtEnd(folder);
        }
        return folder;
    }
}
