package io.eventpipeline.localcluster.bootjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar is started from its unpacked form, which is always that of its present content. */
class UnpackedJarTests {

    @TempDir private Path folder;

    @Test
    void jarIsStartedFromItsUnpackedForm() throws IOException {
        UnpackedJar jar = UnpackedJar.of(write("hello"));

        assertThat(jar.arguments())
                .containsExactly("-jar", unpacked().resolve("service.jar").toString());
        assertThat(run(jar).said()).containsExactly("hello");
    }

    @Test
    void sameContentIsUnpackedOnce() throws IOException {
        UnpackedJar.of(write("hello"));
        Path kept = Files.createFile(unpacked().resolve("kept"));

        UnpackedJar.of(write("hello"));

        assertThat(kept).exists();
    }

    @Test
    void otherContentOfTheSameLengthAndTimeIsUnpackedAnewWithoutTheCache() throws IOException {
        UnpackedJar old = UnpackedJar.of(write("hello"));
        StartCacheTests.train(old);
        assertThat(old.cache()).get().matches(StartCache::isPresent, "is present");

        UnpackedJar jar = UnpackedJar.of(write("world"));

        assertThat(jar.cache()).get().matches(cache -> !cache.isPresent(), "is absent");
        assertThat(run(jar).said()).containsExactly("world");
    }

    @Test
    void jarOfAnotherKindIsStartedAsItIs() throws IOException {
        Path plain = StandInBootJar.write(folder.resolve("service.jar"), "plain", false);

        UnpackedJar jar = UnpackedJar.of(plain);

        assertThat(jar.arguments()).containsExactly("-jar", plain.toString());
        assertThat(jar.cache()).isEmpty();
        assertThat(run(jar).said()).containsExactly("plain");
    }

    @Test
    void jarThatCannotBeUnpackedIsStartedAsItIs() throws IOException {
        Path packed = write(StandInBootJar.UNWILLING);

        UnpackedJar jar = UnpackedJar.of(packed);

        assertThat(jar.arguments()).containsExactly("-jar", packed.toString());
        assertThat(run(jar).said()).containsExactly(StandInBootJar.UNWILLING);
    }

    private JavaRun run(UnpackedJar jar) {
        return JavaRun.of(folder.resolve("run.log"), jar);
    }

    private Path write(String word) throws IOException {
        return StandInBootJar.write(folder.resolve("service.jar"), word);
    }

    private Path unpacked() {
        return folder.resolve("service.unpacked");
    }
}
