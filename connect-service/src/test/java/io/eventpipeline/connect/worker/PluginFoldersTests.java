package io.eventpipeline.connect.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that the worker would pass over in silence is named. */
class PluginFoldersTests {

    @TempDir private Path plugins;

    @Test
    void namesTheFolderWithoutManifest() throws IOException {
        jar(
                "new",
                "META-INF/services/org.apache.kafka.connect.sink.SinkConnector",
                "com/example/NewSink.class");
        jar("old", "com/example/OldSink.class");

        assertThat(new PluginFolders(plugins).withoutManifest())
                .containsExactly(plugins.resolve("old"));
    }

    @Test
    void findsNothingWrongWithThePluginsOfTheBuild() {
        assertThat(
                        new PluginFolders(Path.of("../connect-plugins/target/plugins"))
                                .withoutManifest())
                .isEmpty();
    }

    @Test
    void tellsWhatToDoWhereThereIsNoFolder() {
        assertThatThrownBy(() -> new PluginFolders(plugins.resolve("missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pipeline.connect.plugin-path")
                .hasMessageContaining("connect-plugins/target/plugins");
    }

    private void jar(String plugin, String... entries) throws IOException {
        Path folder = Files.createDirectory(plugins.resolve(plugin));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(folder.resolve("plugin.jar")))) {
            for (String entry : entries) {
                jar.putNextEntry(new ZipEntry(entry));
                jar.closeEntry();
            }
        }
    }
}
