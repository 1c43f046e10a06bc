package io.eventpipeline.benchmarks.processes;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.bootjar.UnpackedJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A process that answers HTTP on a port of 127.0.0.1: a service from its jar, or a program. */
public final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int OK = 200;

    private final LocalProcess process;
    private final int port;

    private ServiceProcess(LocalProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A port that nobody listens on. */
    public static int freePort() {
        return FreePorts.take("127.0.0.1", 1).getFirst();
    }

    /**
     * Launches a packed service, and does not wait for it.
     *
     * @param name of the process and its log
     * @param settings properties besides broker and port, as {@code name=value}
     */
    public static ServiceProcess ofJar(
            String name,
            Path jar,
            int port,
            List<String> jvmOptions,
            String bootstrapServers,
            List<String> settings,
            Path folder) {
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(jvmOptions);
        command.addAll(UnpackedJar.of(jar).withoutCache().arguments());
        command.addAll(
                List.of(
                        "--server.port=" + port,
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers));
        settings.forEach(setting -> command.add("--" + setting));
        return launch(name, command, port, folder);
    }

    /**
     * Launches a class on the class path of the run, and does not wait for it.
     *
     * @param arguments of its {@code main}, after the port
     */
    public static ServiceProcess ofClass(
            String name,
            Class<?> main,
            List<String> jvmOptions,
            List<String> arguments,
            Path folder) {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(jvmOptions);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), main.getName(), "" + port));
        command.addAll(arguments);
        return launch(name, command, port, folder);
    }

    private static ServiceProcess launch(String name, List<String> command, int port, Path folder) {
        return new ServiceProcess(
                LocalProcess.builder(name)
                        .command(command)
                        .logFile(folder.resolve(name + ".log"))
                        .start(),
                port);
    }

    /** The number of its process. */
    public long pid() {
        return process.pid();
    }

    /** The URL of a path. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** What a GET answers. */
    public String get(String path) {
        return send("GET", path).body();
    }

    /** A command, which has to be answered with 200. */
    public void post(String path) {
        HttpResponse<String> answer = send("POST", path);
        if (answer.statusCode() != OK) {
            throw new BenchmarkException(
                    "POST %s: %d %s".formatted(path, answer.statusCode(), answer.body()));
        }
    }

    /** Sends a request without a body. */
    public HttpResponse<String> send(String method, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(url(path))
                            .timeout(ANSWER)
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new BenchmarkException(process.name() + " does not answer " + path, e);
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    /** Whether a GET is answered with 200 now. */
    public boolean answers(String path) {
        try {
            return send("GET", path).statusCode() == OK;
        } catch (BenchmarkException e) {
            return false;
        }
    }

    /**
     * Waits until it is ready; kills it if it is not in time.
     *
     * @param more what else has to be true
     */
    public ServiceProcess awaitReady(Predicate<ServiceProcess> more) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (answers("/actuator/health/readiness") && more.test(this)) {
                return this;
            }
            pause();
        }
        close();
        throw new BenchmarkException(
                "%s is not ready; the end of %s:%n%s"
                        .formatted(
                                process.name(),
                                process.logFile(),
                                String.join("\n", process.lastLogLines(20))));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    /** Ends it in order. */
    public void stop() {
        process.stop();
    }

    /** Kills it. */
    @Override
    public void close() {
        process.kill();
    }
}
