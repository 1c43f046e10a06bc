package io.eventpipeline.benchmarks;

import io.eventpipeline.benchmarks.load.BodyTemplate;
import io.eventpipeline.benchmarks.load.Endpoint;
import io.eventpipeline.benchmarks.processes.BenchmarkBroker;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.benchmarks.processes.EndpointSpec;
import io.eventpipeline.benchmarks.processes.HttpTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which service is measured, and where a run writes to. */
final class ServiceOptions {

    /** What deploy/Dockerfile runs the services with. */
    static final List<String> SHIPPED_JVM_OPTIONS =
            List.of(
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final String RECORDS = "/topics/" + BenchmarkBroker.TOPIC + "/records";
    private static final String DEFAULT_SERVICE =
            "name=event-pipeline,url="
                    + RECORDS
                    + ",body={\"records\":[{{#records}}{\"value\":{{value}}}{{/records}}]}";
    private static final String LINE = "{{#records}}{\"value\":{{value}}}\n{{/records}}";

    @Option(
            names = "--service-jar",
            paramLabel = "FILE",
            description = "another build of producer-service")
    private @Nullable Path jar;

    @Option(
            names = "--service",
            paramLabel = "ENDPOINT",
            description =
                    "another door than POST /topics/bench/records: url=/path,content-type=…,body=…")
    private @Nullable String service;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description =
                    "where results and logs go; a new one below benchmarks/target if not given")
    private @Nullable Path folder;

    /** Needed by picocli. */
    ServiceOptions() {}

    /** Starts the service and waits for its first receipt. */
    HttpTarget start(List<String> jvmOptions, BenchmarkBroker broker, Path into) {
        EndpointSpec spec =
                service == null
                        ? EndpointSpec.parse(DEFAULT_SERVICE)
                        : EndpointSpec.parse(service).over(EndpointSpec.parse(DEFAULT_SERVICE));
        return HttpTarget.service(jar(), jvmOptions, spec, broker, into);
    }

    /** The door of the service that takes streams. */
    static Endpoint streamDoor(HttpTarget service) {
        return service.door(RECORDS, "application/x-ndjson", BodyTemplate.parse(LINE));
    }

    /** The folder of this run. */
    Path folder() {
        Path target =
                folder != null
                        ? folder
                        : home().resolve("benchmarks/target/runs")
                                .resolve(
                                        DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss")
                                                .format(LocalDateTime.now(ZoneId.systemDefault())));
        try {
            return Files.createDirectories(target.toAbsolutePath());
        } catch (IOException e) {
            throw new BenchmarkException(target + " cannot be made", e);
        }
    }

    private Path jar() {
        Path found =
                jar != null ? jar : home().resolve("producer-service/target/producer-service.jar");
        if (!Files.isRegularFile(found)) {
            throw new BenchmarkException(
                    found + " is missing; build it by: ./mvnw -pl producer-service -am package");
        }
        return found.toAbsolutePath();
    }

    private static Path home() {
        return Path.of(System.getProperty("pipeline.home", ""));
    }
}
