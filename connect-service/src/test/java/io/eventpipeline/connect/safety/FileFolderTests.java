package io.eventpipeline.connect.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file connector reaches nothing outside its folder, by whatever name. */
class FileFolderTests {

    @TempDir private Path machine;
    private Path allowed;
    private FileFolder folder;

    @BeforeEach
    void makeFolder() {
        allowed = machine.resolve("files");
        folder = new FileFolder(allowed);
    }

    @Test
    void acceptsAFileBelowTheFolder() {
        assertThat(folder.refusalOf(allowed.resolve("orders.txt").toString())).isEmpty();
        assertThat(folder.refusalOf(allowed.resolve("2026/orders.txt").toString())).isEmpty();
    }

    @Test
    void refusesAFileElsewhereAndNamesTheFolder() {
        assertThat(folder.refusalOf(machine.resolve("secret.txt").toString()))
                .hasValueSatisfying(refusal ->
                        assertThat(refusal)
                                .contains(allowed.toString())
                                .contains("pipeline.connect.files"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "deeper/../../secret.txt", "deeper/../orders.txt"})
    void refusesAWayUp(String name) {
        assertThat(folder.refusalOf(allowed + "/" + name)).isPresent();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void refusesTheStandardStreams(String name) {
        assertThat(folder.refusalOf(name)).isPresent();
    }

    @Test
    void refusesALinkThatLeadsOut() throws IOException {
        Path outside = Files.createDirectory(machine.resolve("outside"));
        Files.createSymbolicLink(allowed.resolve("way-out"), outside);

        assertThat(folder.refusalOf(allowed.resolve("way-out/new.txt").toString())).isPresent();
    }

    @Test
    void refusesALinkThatLeadsToNothingYet() throws IOException {
        Files.createSymbolicLink(allowed.resolve("later"), machine.resolve("not-there.txt"));

        assertThat(folder.refusalOf(allowed.resolve("later").toString())).isPresent();
    }

    @Test
    void refusesAFolderWhoseNameOnlyBeginsAlike() {
        assertThat(folder.refusalOf(machine.resolve("files-of-others/x.txt").toString()))
                .isPresent();
    }

    @Test
    void takesARelativeNameAsTheConnectorWould() {
        assertThat(folder.refusalOf("orders.txt")).isPresent();
        assertThat(new FileFolder(Path.of("target")).refusalOf("target/orders.txt")).isEmpty();
    }

    @Test
    void refusesTheFolderItself() {
        assertThat(folder.refusalOf(allowed.toString())).isPresent();
    }

    @Test
    void refusesANameThatIsNone() {
        assertThat(folder.refusalOf(allowed + "/a\0b")).isPresent();
    }
}
