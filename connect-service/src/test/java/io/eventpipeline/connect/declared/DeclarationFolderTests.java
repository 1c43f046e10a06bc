package io.eventpipeline.connect.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** A folder is read anew when it changes, and one wrong file harms no other. */
class DeclarationFolderTests {

    @TempDir private Path folder;

    @Test
    void seesFilesComeChangeAndGo() throws IOException {
        DeclarationFolder declarations = open("host-metrics");
        assertThat(names(declarations)).containsExactly("host-metrics");
        assertThat(declarations.refresh()).isFalse();

        write("b.yaml", "{name: b, config: {}}");
        write("a.json", "{\"name\": \"a\", \"config\": {}}");
        write("notes.txt", "no declaration");
        assertThat(declarations.refresh()).isTrue();
        assertThat(names(declarations)).containsExactly("host-metrics", "a", "b");

        write("b.yaml", "{name: other, config: {}}");
        Files.delete(folder.resolve("a.json"));
        assertThat(declarations.refresh()).isTrue();
        assertThat(names(declarations)).containsExactly("host-metrics", "other");
    }

    @Test
    void keepsWhatStoodBeforeWhereAFileIsSpoiled() throws IOException {
        write("a.json", "{\"name\": \"a\", \"config\": {\"x\": 1}}");
        DeclarationFolder declarations = open();

        write("a.json", "{\"name\": \"a\", \"config\": {\"x\": [1, 2]}}");
        write("b.json", "{\"name\": \"b\", \"config\": {}}");
        declarations.refresh();

        assertThat(names(declarations)).containsExactly("a", "b");
        assertThat(declarations.problems())
                .hasEntrySatisfying(
                        "a.json", problem -> assertThat(problem).contains("'config.x'"));
    }

    @Test
    void namesTheSecondOfOneName() throws IOException {
        write("a.json", "{\"name\": \"host-metrics\", \"config\": {}}");

        assertThat(open("host-metrics").problems().get("a.json"))
                .contains("'name'", "host-metrics", "already");
    }

    @Test
    void reportsAFolderThatIsNotThere() {
        Path missing = folder.resolve("missing");

        DeclarationFolder declarations = open(missing);

        assertThat(declarations.problems()).containsKey(missing.toString());
    }

    private DeclarationFolder open(String... builtIn) {
        return open(folder, builtIn);
    }

    private static DeclarationFolder open(Path folder, String... builtIn) {
        return new DeclarationFolder(
                new DeclarationReader(new TopicCatalogue("shop"), new MockEnvironment()),
                List.of(builtIn),
                folder);
    }

    private void write(String file, String declaration) throws IOException {
        Files.writeString(folder.resolve(file), declaration);
    }

    private static List<String> names(DeclarationFolder declarations) {
        return declarations.declarations().stream().map(DeclaredConnector::name).toList();
    }
}
