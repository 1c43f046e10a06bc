package io.eventpipeline.producer;

import io.eventpipeline.localcluster.LocalProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service in a JVM of its own, so that it can be ended by signals. */
final class ServiceProcess {

    private ServiceProcess() {}

    /** Describes it; each start is on the same port, with the same settings. */
    static LocalProcess of(
            String name, int port, String bootstrapServers, Path logFolder, String... settings) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                LocalProcess.javaExecutable(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ProducerServiceApplication.class.getName(),
                                "--server.port=" + port,
                                "--spring.kafka.bootstrap-servers=" + bootstrapServers));
        List.of(settings).forEach(setting -> command.add("--" + setting));
        return LocalProcess.builder(name)
                .command(command)
                .logFile(logFolder.resolve(name + ".log"))
                .build();
    }
}
