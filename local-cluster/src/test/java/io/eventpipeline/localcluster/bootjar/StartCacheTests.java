package io.eventpipeline.localcluster.bootjar;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.LocalProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start cache makes a start quicker, and never prevents one or shows in its log. */
class StartCacheTests {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private static Path folder;
    private static UnpackedJar jar;
    private static Path file;
    private static byte[] made;

    @BeforeAll
    static void train() throws IOException {
        jar = UnpackedJar.of(StandInBootJar.write(folder.resolve("service.jar"), "hello"));
        assertThat(train(jar)).isTrue();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder.resolve("service.unpacked"), "*.aot")) {
            file = files.iterator().next();
        }
        made = Files.readAllBytes(file);
    }

    @BeforeEach
    void putBack() throws IOException {
        Files.write(file, made);
        Files.deleteIfExists(folder.resolve("run.log"));
    }

    @Test
    void classesComeFromTheCache() throws IOException {
        Path loaded = folder.resolve("loaded.log");

        assertThat(run("-Xlog:class+load:file=" + loaded).said()).containsExactly("hello");

        assertThat(Files.readString(loaded))
                .containsPattern(StandInBootJar.class.getName() + " source: shared objects file");
    }

    @Test
    void brokenCacheIsLeftAloneWithoutAWord() throws IOException {
        byte[] broken = made.clone();
        Arrays.fill(broken, 0, 4096, (byte) 0x5a);
        Files.write(file, broken);

        assertThat(run().said()).containsExactly("hello");
    }

    @Test
    void cacheThatBreaksOffIsLeftAloneWithoutAWord() throws IOException {
        Files.write(file, Arrays.copyOf(made, made.length / 2));

        assertThat(run().said()).containsExactly("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseG1GC",
                "-XX:+UseZGC",
                "-XX:-UseCompressedOops",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED"
            })
    void cacheOfOtherOptionsDoesNotShow(String option) {
        String collector = option.endsWith("GC") ? "-XX:-UseSerialGC" : "-XX:+UseSerialGC";

        assertThat(run(collector, option).said()).containsExactly("hello");
    }

    @Test
    void cacheOfAnotherJdkIsNotEvenNamed() throws IOException {
        Files.move(file, file.resolveSibling("26+1.aot"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(jar.arguments()).noneMatch(argument -> argument.contains(".aot"));
    }

    @Test
    void trainingThatFailsLeavesWhatWasThere() throws IOException {
        StartCache cache = jar.cache().orElseThrow();
        LocalProcess training =
                cache.training("a training", List.of("-XX:NoSuchOption=1"), Map.of()).start();
        assertThat(training.awaitEnd(PATIENCE)).isTrue();

        assertThat(cache.accept(training)).isFalse();

        assertThat(cache.isPresent()).isTrue();
    }

    static boolean train(UnpackedJar jar) {
        StartCache cache = jar.cache().orElseThrow();
        LocalProcess training =
                cache.training("a training", List.of("-XX:+UseSerialGC"), Map.of()).start();
        assertThat(training.awaitEnd(PATIENCE)).isTrue();
        return cache.accept(training);
    }

    private JavaRun run(String... options) {
        assertThat(jar.arguments()).anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
        return JavaRun.of(folder.resolve("run.log"), jar, options);
    }
}
