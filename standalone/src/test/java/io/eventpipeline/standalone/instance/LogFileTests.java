package io.eventpipeline.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a log, and what comes after it. */
class LogFileTests {

    @TempDir private Path folder;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void printsTheLastLines() throws IOException {
        Path file = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");

        new LogFile(file).print(out, 2);

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("two", "three");
    }

    @Test
    void followPrintsWhatIsAdded() throws IOException {
        Path file = Files.writeString(folder.resolve("a.log"), "before\n");
        LogFile log = new LogFile(file);
        AtomicInteger rounds = new AtomicInteger();

        log.follow(
                out,
                log.length(),
                () -> {
                    add(file, "round " + rounds.incrementAndGet() + "\n");
                    return rounds.get() < 3;
                });

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("round 1", "round 2", "round 3");
    }

    private static void add(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
