package io.eventpipeline.connect.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The folder of plugin folders, looked at before the worker reads it.
 *
 * <p>A worker that finds plugins by manifest passes over a folder without one in silence; this
 * class names it.
 */
final class PluginFolders {

    private static final String MANIFESTS = "META-INF/services/org.apache.kafka.";

    private final Path pluginPath;

    /**
     * Accepts an existing folder.
     *
     * @throws IllegalArgumentException if there is none, with the remedy
     */
    PluginFolders(Path pluginPath) {
        if (!Files.isDirectory(pluginPath)) {
            throw new IllegalArgumentException(
                    "pipeline.connect.plugin-path: there is no folder "
                            + pluginPath.toAbsolutePath()
                            + "; build the plugins (connect-plugins/target/plugins) or name the"
                            + " folder that has them");
        }
        this.pluginPath = pluginPath;
    }

    /**
     * The plugin folders none of whose jars has a plugin manifest, sorted.
     *
     * @throws UncheckedIOException if a folder or a jar cannot be read
     */
    List<Path> withoutManifest() {
        try (Stream<Path> folders = Files.list(pluginPath)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !hasManifest(folder))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasManifest(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .anyMatch(PluginFolders::jarHasManifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean jarHasManifest(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().anyMatch(entry -> entry.getName().startsWith(MANIFESTS));
        } catch (IOException e) {
            throw new UncheckedIOException("The plugin jar " + file + " cannot be read", e);
        }
    }
}
