package io.eventpipeline.consumer.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Folders whose entries outlive the machine. */
final class Folders {

    private static final boolean CANNOT_BE_OPENED =
            System.getProperty("os.name", "").startsWith("Windows");

    private Folders() {}

    /** Creates a folder and what lies above it. */
    static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.getParent();
        if (above != null) {
            create(above);
        }
        Files.createDirectories(folder);
        force(above);
    }

    /** Waits until the disk has the names of a folder. */
    static void force(@Nullable Path folder) throws IOException {
        if (folder == null || CANNOT_BE_OPENED) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
