package io.eventpipeline.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.benchmarks.load.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointSpecTests {

    @Test
    void theBodyTakesTheRestOfTheText() {
        Endpoint endpoint =
                EndpointSpec.parse(
                                "name=peer,url=http://127.0.0.1:{{port}}/topics/bench,"
                                    + "content-type=application/x,body={\"a\":1,\"b\":{{value}}}")
                        .endpoint(9080);

        assertThat(endpoint.name()).isEqualTo("peer");
        assertThat(endpoint.url()).hasToString("http://127.0.0.1:9080/topics/bench");
        assertThat(endpoint.contentType()).isEqualTo("application/x");
        assertThat(endpoint.method()).isEqualTo("POST");
        assertThat(endpoint.receipt()).isEqualTo("\"offset\":");
        assertThat(endpoint.body().repeats()).isFalse();
    }

    @Test
    void aFileSaysTheSame(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("peer.properties");
        Files.writeString(file, "name=peer\ncommand=./start\nurl=/orders\nbody={{value}}\n");

        EndpointSpec spec = EndpointSpec.parse("@" + file);

        assertThat(spec.endpoint(80).url()).hasToString("http://127.0.0.1:80/orders");
        assertThat(spec.command()).contains("./start");
        assertThat(spec.folder()).isEqualTo(folder);
    }

    @Test
    void thePeersThatComeWithTheProjectCanBeRead() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("peers"), "*.properties")) {
            for (Path file : files) {
                assertThat(EndpointSpec.parse("@" + file).endpoint(80).body().repeats()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=a,body={{value}}",
                "name=a,url=https://127.0.0.1/,body={{value}}",
                "name=a,url=http://127.0.0.1/,body={{wrong}}",
                "name=a,url=http://127.0.0.1/,colour=green,body={{value}}",
                "name"
            })
    void refusesWhatItCannotUse(String text) {
        assertThatThrownBy(() -> EndpointSpec.parse(text).endpoint(80))
                .isInstanceOf(BenchmarkException.class);
    }
}
