package io.eventpipeline.systemtests.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.systemtests.services.ProjectTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Every property of ours is described, and docs/configuration.md says what the code says. With
 * {@code -Dsystem-tests.write-pages=true} the page is written instead of compared.
 */
class ConfigurationPageTests {

    private final ConfigurationPage page = new ConfigurationPage(ProjectTree.root());

    @Test
    void everyPropertyIsDescribed() throws IOException {
        assertThat(page.withoutDescription())
                .as("properties without @param in their record")
                .isEmpty();
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        Path file = page.file();
        if (Boolean.getBoolean("system-tests.write-pages")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.render());
        }

        assertThat(file)
                .as("docs/configuration.md; write it by -Dsystem-tests.write-pages=true")
                .content()
                .isEqualTo(page.render());
    }
}
