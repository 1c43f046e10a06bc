package io.eventpipeline.connect.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that file connectors are confined to.
 *
 * <p>A relative name means what it means to the connector: below the working directory of the
 * process. It is refused unless that lies below the folder.
 */
public final class FileFolder {

    private static final String PARENT = "..";

    private final Path folder;

    /**
     * Makes the folder if it is missing.
     *
     * @throws UncheckedIOException if it cannot be made
     */
    public FileFolder(Path folder) {
        try {
            this.folder = Files.createDirectories(folder).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "pipeline.connect.files: the folder " + folder + " cannot be used", e);
        }
    }

    /**
     * Tells why a file may not be read or written.
     *
     * @return empty if it may
     */
    Optional<String> refusalOf(@Nullable String file) {
        if (file == null || file.isBlank()) {
            return Optional.of(
                    "The property 'file' must name a file below "
                            + folder
                            + "; the worker's standard input and output are not for connectors");
        }
        try {
            Path path = Path.of(file).toAbsolutePath();
            return goesUp(path) || !realPath(path).startsWith(folder) || path.equals(folder)
                    ? Optional.of(
                            "The property 'file' must lie below "
                                    + folder
                                    + " (pipeline.connect.files)")
                    : Optional.empty();
        } catch (InvalidPathException | IOException e) {
            return Optional.of("The property 'file' is no usable file name: " + e.getMessage());
        }
    }

    private static boolean goesUp(Path path) {
        for (Path name : path) {
            if (name.toString().equals(PARENT)) {
                return true;
            }
        }
        return false;
    }

    /** Follows the links of that part of the path which exists. */
    private static Path realPath(Path path) throws IOException {
        // A link that leads nowhere yet would be followed when the file is made.
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return path.toRealPath();
        }
        Path parent = path.getParent();
        return parent == null ? path : realPath(parent).resolve(path.getFileName());
    }
}
