package io.eventpipeline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServiceOptionsTests {

    @Test
    void measuresTheServiceWithTheJvmOptionsThatItsImageHas() throws IOException {
        assertThat(Files.readString(Path.of("../deploy/Dockerfile")))
                .contains(
                        "JAVA_TOOL_OPTIONS=\""
                                + String.join(" ", ServiceOptions.SHIPPED_JVM_OPTIONS)
                                + "\"");
    }
}
