package io.eventpipeline.systemtests.services;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.bootjar.UnpackedJar;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One instance of a service in a JVM of its own, started from its unpacked jar, and with the start
 * cache if {@code ./pipeline up} has made one. Every start is on the same port with the same
 * settings. Safe for use by several threads, but start and stop it from one.
 */
public final class ServiceProcess implements AutoCloseable {

    /** Generous: several JVMs may start at once on two busy cores. */
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final String name;
    private final URI baseUri;
    private final LocalProcess process;

    private ServiceProcess(String name, int port, LocalProcess process) {
        this.name = name;
        this.baseUri = URI.create("http://127.0.0.1:" + port);
        this.process = process;
    }

    /**
     * Describes an instance, not started yet.
     *
     * @param name what messages and its log file call it
     * @param settings Spring properties, given on the command line
     */
    static ServiceProcess of(
            String name, ServiceJar jar, int port, Path logFolder, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        command.add(LocalProcess.javaExecutable());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(UnpackedJar.of(jar.find()).arguments());
        command.add("--server.port=" + port);
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        return new ServiceProcess(
                name,
                port,
                LocalProcess.builder(name)
                        .command(command)
                        .logFile(logFolder.resolve(name + ".log"))
                        .build());
    }

    /** Starts the JVM and returns at once. */
    public void launch() {
        process.start();
    }

    /** Waits until the instance says that it is ready; fails with its log if it ends before. */
    public void awaitReady() {
        await(name + " to be ready; it logs to " + process.logFile())
                .atMost(READY_TIMEOUT)
                .pollInterval(POLL_INTERVAL)
                .until(this::isReady);
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "%s ended before it was ready; its last lines:%n%s"
                            .formatted(name, String.join("\n", process.lastLogLines(30))));
        }
        return Rest.statusOf(uri("/actuator/health/readiness")) == 200;
    }

    /** Kills it (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Freezes it (SIGSTOP). */
    public void suspend() {
        process.suspend();
    }

    /** Wakes it (SIGCONT). */
    public void resume() {
        process.resume();
    }

    /** Asks it to end (SIGTERM). */
    public void stop() {
        process.stop();
    }

    /** Kills it, if it runs. */
    @Override
    public void close() {
        process.kill();
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** An address of this instance. */
    public URI uri(String pathAndQuery) {
        return baseUri.resolve(pathAndQuery);
    }

    /**
     * Reads a counter or gauge, summed over its tags.
     *
     * @param metric its name as Prometheus spells it
     * @return 0 if there is none
     */
    public double metric(String metric) {
        return metric(metric, Map.of());
    }

    /**
     * Reads a counter or gauge, summed over the tags that are not given.
     *
     * @param metric its name as Prometheus spells it
     * @param tags names and values that it must have
     * @return 0 if there is none
     */
    public double metric(String metric, Map<String, String> tags) {
        Pattern line =
                Pattern.compile(
                        "^" + Pattern.quote(metric) + "((?:\\{[^}]*})?) (\\S+)$",
                        Pattern.MULTILINE);
        return line.matcher(Rest.get(uri("/actuator/prometheus")).body())
                .results()
                .filter((MatchResult match) ->
                        tags.entrySet().stream()
                                .allMatch(tag ->
                                        match.group(1)
                                                .contains(
                                                        "%s=\"%s\""
                                                                .formatted(
                                                                        tag.getKey(),
                                                                        tag.getValue()))))
                .map((MatchResult match) -> match.group(2))
                .mapToDouble(Double::parseDouble)
                .sum();
    }
}
