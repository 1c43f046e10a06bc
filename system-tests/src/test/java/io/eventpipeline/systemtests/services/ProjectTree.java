package io.eventpipeline.systemtests.services;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the project's root folder from wherever the tests run: Maven, an IDE, the root itself. */
public final class ProjectTree {

    private ProjectTree() {}

    /**
     * The folder that holds all modules.
     *
     * @throws IllegalStateException if this JVM's working folder is not in the project
     */
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("system-tests"))
                    && Files.isDirectory(folder.resolve("shared-model"))) {
                return folder;
            }
        }
        throw new IllegalStateException(start + " is not in the project's tree");
    }
}
