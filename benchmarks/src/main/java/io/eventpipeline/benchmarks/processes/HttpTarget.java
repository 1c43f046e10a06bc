package io.eventpipeline.benchmarks.processes;

import io.eventpipeline.benchmarks.load.BodyTemplate;
import io.eventpipeline.benchmarks.load.Endpoint;
import io.eventpipeline.benchmarks.load.RandomValues;
import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.bootjar.UnpackedJar;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An endpoint that answers, with the process behind it where that is known. */
public final class HttpTarget implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(70);

    private final Endpoint endpoint;
    private final @Nullable LocalProcess process;
    private final OptionalLong pid;

    private HttpTarget(Endpoint endpoint, @Nullable LocalProcess process, OptionalLong pid) {
        this.endpoint = endpoint;
        this.process = process;
        this.pid = pid;
    }

    /**
     * A peer: started if its description has a command, with {@code BOOTSTRAP_SERVERS} and {@code
     * PORT} in its environment; taken as it runs if not.
     */
    public static HttpTarget peer(EndpointSpec spec, BenchmarkBroker broker, Path folder) {
        if (spec.command().isEmpty()) {
            OptionalLong pid = spec.pid().stream().mapToLong(Long::longValue).findFirst();
            return new HttpTarget(spec.endpoint(0), null, pid).awaitAnswer();
        }
        int port = freePort();
        LocalProcess process =
                LocalProcess.builder(spec.name())
                        .command("/bin/sh", "-c", "exec " + spec.command().get())
                        .environment("BOOTSTRAP_SERVERS", broker.bootstrapServers())
                        .environment("PORT", Integer.toString(port))
                        .workingFolder(spec.folder())
                        .logFile(folder.resolve(spec.name() + ".log"))
                        .start();
        return started(spec.endpoint(port), process);
    }

    /**
     * producer-service from its jar, as it is shipped: the topic is the only setting.
     *
     * @param jar the packed service
     * @param jvmOptions options of its JVM
     * @param spec differs from the default where the run shall use another door; its URL may be a
     *     path
     */
    public static HttpTarget service(
            Path jar,
            List<String> jvmOptions,
            EndpointSpec spec,
            BenchmarkBroker broker,
            Path folder) {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(jvmOptions);
        command.addAll(UnpackedJar.of(jar).withoutCache().arguments());
        command.addAll(
                List.of(
                        "--server.port=" + port,
                        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--pipeline.producer.topics.allowed=" + BenchmarkBroker.TOPIC));
        LocalProcess process =
                LocalProcess.builder(spec.name())
                        .command(command)
                        .logFile(folder.resolve(spec.name() + ".log"))
                        .start();
        return started(spec.endpoint(port), process);
    }

    /** The HTTP ceiling: {@link ReadOnlyEndpoint}. */
    public static HttpTarget readOnly(List<String> jvmOptions, Path folder) {
        int port = freePort();
        EndpointSpec spec =
                EndpointSpec.parse(
                        "name=http-ceiling,url=http://127.0.0.1:{{port}}/,receipt=,"
                            + "body={\"records\":[{{#records}}{\"value\":{{value}}}{{/records}}]}");
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadOnlyEndpoint.class.getName(),
                        Integer.toString(port)));
        LocalProcess process =
                LocalProcess.builder(spec.name())
                        .command(command)
                        .logFile(folder.resolve(spec.name() + ".log"))
                        .start();
        return started(spec.endpoint(port), process);
    }

    /** What tables call it. */
    public String name() {
        return endpoint.name();
    }

    /** Where requests go. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The same server by another door. */
    public Endpoint door(String path, String contentType, BodyTemplate body) {
        return new Endpoint(
                endpoint.name(),
                endpoint.url().resolve(path),
                "POST",
                contentType,
                body,
                endpoint.receipt());
    }

    /** The number of its process, where it is known. */
    public OptionalLong pid() {
        return pid;
    }

    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
    }

    private static HttpTarget started(Endpoint endpoint, LocalProcess process) {
        HttpTarget target = new HttpTarget(endpoint, process, OptionalLong.of(process.pid()));
        try {
            return target.awaitAnswer();
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private static int freePort() {
        return FreePorts.take("127.0.0.1", 1).getFirst();
    }

    /** Sends one record until it is answered well, so that a wrong template shows at once. */
    private HttpTarget awaitAnswer() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        String last = "no answer";
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                if (process != null && !process.isAlive()) {
                    throw new BenchmarkException(
                            "%s ended before it answered; the end of %s:%n%s"
                                    .formatted(
                                            name(),
                                            process.logFile(),
                                            String.join("\n", process.lastLogLines(20))));
                }
                try {
                    HttpResponse<String> answer = client.send(oneRecord(), BodyHandlers.ofString());
                    if (answer.statusCode() == 200 && answer.body().contains(endpoint.receipt())) {
                        return this;
                    }
                    last = answer.statusCode() + " " + answer.body();
                } catch (IOException e) {
                    last = e.toString();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
        throw new BenchmarkException(
                "%s gives no receipt for a record sent to %s; the last answer: %s"
                        .formatted(name(), endpoint.url(), last));
    }

    private HttpRequest oneRecord() {
        return HttpRequest.newBuilder(endpoint.url())
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(LONGEST_ANSWER)
                .header("Content-Type", endpoint.contentType())
                .method(
                        endpoint.method(),
                        BodyPublishers.ofString(endpoint.body().body(1, new RandomValues(200, 0))))
                .build();
    }
}
