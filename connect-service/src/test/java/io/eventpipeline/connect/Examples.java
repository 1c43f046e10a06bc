package io.eventpipeline.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example configurations, declared to a service as a user would declare them. */
final class Examples {

    private static final Path FOLDER = Path.of("examples");

    private Examples() {}

    /**
     * Copies examples, unchanged, into a folder of declarations.
     *
     * @return the service's argument that names the folder
     */
    static String declared(Path folder, String... examples) {
        try {
            Files.createDirectories(folder);
            for (String example : examples) {
                String file = example + ".json";
                Files.copy(FOLDER.resolve(file), folder.resolve(file));
            }
            return "--pipeline.connect.declared.folder=" + folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
