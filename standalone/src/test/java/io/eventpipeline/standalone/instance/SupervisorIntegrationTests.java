package io.eventpipeline.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.localcluster.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start, watch and stop on a real broker and a real PostgreSQL, with stand-ins for the services.
 */
class SupervisorIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOOPBACK = "127.0.0.1";

    @TempDir private Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path jar;
    private DataFolder data;
    private Ports ports;

    @BeforeEach
    void prepare() throws IOException {
        jar = StandInService.jar(folder);
        data = new DataFolder(folder.resolve("data"));
        List<Integer> free = FreePorts.take(LOOPBACK, 7);
        ports =
                new Ports(
                        free.get(0),
                        free.get(1),
                        free.get(2),
                        free.get(3),
                        free.get(4),
                        free.get(5),
                        free.get(6));
    }

    @Test
    void servicesStopBeforeTheBrokersAndNothingIsLeft() throws Exception {
        Supervisor supervisor = supervisor(service("producer-service", ports.producer(), Map.of()));
        supervisor.start();
        assertThat(new RunningInstance(data).isRunning()).isTrue();
        assertThat(RunFile.read(data))
                .hasValueSatisfying(snapshot ->
                        assertThat(snapshot.processes())
                                .containsOnlyKeys(
                                        "supervisor",
                                        "broker-1",
                                        "postgresql",
                                        "producer-service"));

        supervisor.stop();

        assertThat(Files.readString(data.log("producer-service")))
                .contains(
                        "started from "
                                + folder.resolve("stand-in.unpacked").resolve("stand-in.jar"))
                .contains("stopped before Kafka");
        assertThat(new RunningInstance(data).isRunning()).isFalse();
        assertThat(List.of(ports.kafka(), ports.postgresql(), ports.producer()))
                .allMatch(port -> FreePorts.isFree(LOOPBACK, port));
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "ready on http://localhost:" + ports.producer(),
                        "stopping producer-service",
                        "stopping postgresql",
                        "stopping kafka");
    }

    @Test
    void serviceIsHeldForACommandAndStartedAgainWithItsCacheUntilItDiesTooOften() throws Exception {
        ServiceDefinition service = service("streams-service", ports.streams(), Map.of());
        Supervisor supervisor = supervisor(service);
        supervisor.start();
        Thread watch = Thread.ofVirtual().start(supervisor::watch);
        try {
            try (ServiceHold hold = ServiceHold.take(data, service.name())) {
                hold.awaitStopped(PATIENCE);
            }
            awaitState(service, "UP");
            assertThat(said("exit code")).isZero();

            Awaitility.await("the start cache").atMost(PATIENCE).until(() -> Files.exists(cache()));
            die(ports.streams());

            Awaitility.await("word of the death")
                    .atMost(PATIENCE)
                    .until(() -> said("exit code 7") == 1 && said("is started again") == 1);
            awaitState(service, "UP");
            assertThat(said("dying as asked")).isEqualTo(1);
            assertThat(Files.readString(data.log("streams-service")))
                    .contains("-XX:AOTCache=" + cache());

            for (int death = 2; death <= Restarts.MOST + 1; death++) {
                awaitState(service, "UP");
                die(ports.streams());
                int deaths = death;
                Awaitility.await("word of death " + death)
                        .atMost(PATIENCE)
                        .until(() -> said("exit code 7") == deaths);
            }
            assertThat(said("stays down now")).isEqualTo(1);
            awaitState(service, "dead");
        } finally {
            supervisor.stop();
            watch.join(PATIENCE);
        }
    }

    @Test
    void failedStartSaysWhyAndStopsEverything() {
        Supervisor supervisor =
                supervisor(
                        service(
                                "consumer-service",
                                ports.consumer(),
                                Map.of("FAIL", "the table is missing")));

        assertThatThrownBy(supervisor::start)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("consumer-service")
                .hasMessageContaining("the table is missing");

        assertThat(new RunningInstance(data).isRunning()).isFalse();
        assertThat(List.of(ports.kafka(), ports.postgresql()))
                .allMatch(port -> FreePorts.isFree(LOOPBACK, port));
    }

    private Supervisor supervisor(ServiceDefinition service) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Supervisor(data, ports, 1, List.of(service), null, new Narrator(out, false));
    }

    private ServiceDefinition service(String name, int port, Map<String, String> extra) {
        Map<String, String> environment = new java.util.HashMap<>(extra);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("KAFKA_PORT", Integer.toString(ports.kafka()));
        return new ServiceDefinition(name, jar, List.of(port), port, 32, true, environment);
    }

    private long said(String what) {
        return Pattern.compile(Pattern.quote(what))
                .matcher(said.toString(StandardCharsets.UTF_8))
                .results()
                .count();
    }

    private void awaitState(ServiceDefinition service, String state) {
        Awaitility.await(service.name() + " to be " + state)
                .atMost(PATIENCE)
                .until(() ->
                        new RunningInstance(data)
                                .parts(1, List.of(service)).stream()
                                        .filter(part -> part.name().equals(service.name()))
                                        .allMatch(part -> part.state().equals(state)));
    }

    private Path cache() {
        return folder.resolve("stand-in.unpacked")
                .resolve(System.getProperty("java.vm.version") + ".aot");
    }

    private static void die(int port) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/die")).build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            // It may be dead before its answer is read.
            return;
        }
    }
}
