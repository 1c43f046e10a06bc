package io.eventpipeline.systemtests.services;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The fat jar of a service: {@code ../<module>/target/<module>.jar}, or what the system property
 * {@code system-tests.jar.<module>} names. With the property a run takes a build from elsewhere,
 * such as one that was broken on purpose to see a checker go red.
 */
enum ServiceJar {
    PRODUCER("producer-service"),
    CONSUMER("consumer-service"),
    STREAMS("streams-service"),
    CONNECT("connect-service");

    private final String module;

    ServiceJar(String module) {
        this.module = module;
    }

    String module() {
        return module;
    }

    /**
     * Finds the jar.
     *
     * @throws IllegalStateException if it has not been built; the message names the command
     */
    Path find() {
        String property = "system-tests.jar." + module;
        String elsewhere = System.getProperty(property);
        if (elsewhere != null) {
            Path jar = Path.of(elsewhere).toAbsolutePath();
            if (!Files.isRegularFile(jar)) {
                throw new IllegalStateException("-D" + property + " names no file: " + jar);
            }
            return jar;
        }
        Path jar = ProjectTree.root().resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "%s is missing; build it by: ./mvnw -pl %s -am package -DskipTests"
                            .formatted(ProjectTree.root().relativize(jar), module));
        }
        return jar;
    }
}
