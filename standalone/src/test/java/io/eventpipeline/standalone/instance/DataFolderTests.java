package io.eventpipeline.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reset deletes what is ours and nothing else; a start keeps the logs of the one before. */
class DataFolderTests {

    @TempDir private Path folder;

    @Test
    void deleteLeavesWhatIsNotOurs() throws IOException {
        DataFolder data = new DataFolder(folder);
        data.prepare();
        Files.writeString(folder.resolve("notes.txt"), "keep me");
        Files.writeString(data.streams().resolve("store"), "state");

        data.delete();

        assertThat(folder).isDirectoryContaining(path -> path.endsWith("notes.txt"));
        assertThat(data.streams()).doesNotExist();
    }

    @Test
    void deleteRemovesTheFolderIfNothingElseIsInIt() {
        DataFolder data = new DataFolder(folder.resolve("data"));
        data.prepare();

        data.delete();

        assertThat(data.root()).doesNotExist();
    }

    @Test
    void prepareKeepsTheLogsOfTheLastRun() throws IOException {
        DataFolder data = new DataFolder(folder);
        data.prepare();
        Files.writeString(data.log("producer-service"), "first run");

        data.prepare();

        assertThat(data.log("producer-service")).doesNotExist();
        assertThat(data.logs().resolve("producer-service.log.1")).hasContent("first run");
    }
}
