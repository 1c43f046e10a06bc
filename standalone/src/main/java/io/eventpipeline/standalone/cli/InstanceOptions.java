package io.eventpipeline.standalone.cli;

import io.eventpipeline.localcluster.LocalKafka;
import io.eventpipeline.standalone.instance.DataFolder;
import io.eventpipeline.standalone.instance.Ports;
import io.eventpipeline.standalone.instance.ServiceDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which instance a command is about. The script sets the system property {@code pipeline.home}. */
final class InstanceOptions {

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "where everything is kept; the folder data beside the script if not given")
    private @Nullable Path folder;

    DataFolder data() {
        Path root = folder == null ? home().resolve("data") : folder;
        return new DataFolder(root.toAbsolutePath().normalize());
    }

    Path home() {
        return Path.of(System.getProperty("pipeline.home", ".")).toAbsolutePath().normalize();
    }

    /** The brokers' jars as the script's build has laid them out; null in a development run. */
    @Nullable Path brokerJars() {
        Path jars =
                home().resolve("standalone").resolve("target").resolve("standalone").resolve("lib");
        return Files.isDirectory(jars) ? jars : null;
    }

    /** As many brokers as asked for, else as many as the data belongs to, else one. */
    int brokers(@Nullable Integer wanted) {
        if (wanted != null) {
            return wanted;
        }
        return Math.max(1, LocalKafka.brokersIn(data().kafka()));
    }

    List<ServiceDefinition> services(int brokers) {
        return ServiceDefinition.all(home(), data(), Ports.STANDARD, brokers);
    }
}
