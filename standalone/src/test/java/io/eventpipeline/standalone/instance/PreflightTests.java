package io.eventpipeline.standalone.instance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the way is named in one line, with what to do. */
class PreflightTests {

    @TempDir private Path folder;

    @Test
    void portInUseIsNamedWithItsServiceAndItsOwner() throws IOException {
        Path jar = Files.createFile(folder.resolve("producer-service.jar"));
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = occupant.getLocalPort();

            assertThatThrownBy(() -> check(1, service(jar, port)))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("producer-service")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("stop that program");
        }
    }

    @Test
    void serviceThatIsNotBuiltIsNamedWithTheCommandThatBuildsIt() {
        assertThatThrownBy(() -> check(1, service(folder.resolve("no.jar"), 1)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("producer-service is not built")
                .hasMessageContaining("./mvnw");
    }

    @Test
    void dataOfAnotherNumberOfBrokersIsNotTouched() throws IOException {
        Path kafka = Files.createDirectories(new DataFolder(folder).kafka());
        Files.writeString(kafka.resolve("cluster.properties"), "ports=1,2,3");

        assertThatThrownBy(() -> check(1, service(folder, 1)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("--brokers 3")
                .hasMessageContaining("./pipeline reset");
    }

    private void check(int brokers, ServiceDefinition service) {
        // Ports that nobody is asked about before the service's own.
        Ports free = new Ports(0, 0, 0, 0, 0, 0, 0);
        Preflight.check(new DataFolder(folder), free, brokers, List.of(service));
    }

    private static ServiceDefinition service(Path jar, int port) {
        return new ServiceDefinition(
                "producer-service", jar, List.of(port), port, 32, false, Map.of());
    }
}
