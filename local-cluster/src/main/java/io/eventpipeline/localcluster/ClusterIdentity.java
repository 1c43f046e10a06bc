package io.eventpipeline.localcluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * What a data folder remembers of its cluster: id, number of brokers and the ports, in {@code
 * cluster.properties}. Each folder has a cluster id of its own: brokers of two clusters with one id
 * on one port would exchange votes.
 */
record ClusterIdentity(String clusterId, List<Integer> ports, List<Integer> controllerPorts) {

    private static final String FILE = "cluster.properties";

    /**
     * Reads the folder's identity or makes one.
     *
     * @param wanted the brokers' ports; empty for those of before, else free ones
     */
    static ClusterIdentity of(Path folder, int brokers, String bindAddress, List<Integer> wanted) {
        Path file = folder.resolve(FILE);
        ClusterIdentity identity;
        if (Files.exists(file)) {
            ClusterIdentity before = read(file);
            if (before.ports.size() != brokers) {
                throw new LocalClusterException(
                        "the data in %s is that of a cluster of %d brokers, not of %d"
                                .formatted(folder, before.ports.size(), brokers));
            }
            identity =
                    new ClusterIdentity(
                            before.clusterId,
                            wanted.isEmpty() ? before.ports : List.copyOf(wanted),
                            stillFree(bindAddress, before.controllerPorts)
                                    ? before.controllerPorts
                                    : FreePorts.take(bindAddress, brokers));
        } else {
            identity =
                    new ClusterIdentity(
                            Uuid.randomUuid().toString(),
                            wanted.isEmpty()
                                    ? FreePorts.take(bindAddress, brokers)
                                    : List.copyOf(wanted),
                            FreePorts.take(bindAddress, brokers));
        }
        identity.write(file);
        return identity;
    }

    private static boolean stillFree(String bindAddress, List<Integer> ports) {
        return ports.stream().allMatch(port -> FreePorts.isFree(bindAddress, port));
    }

    static ClusterIdentity read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new LocalClusterException("could not read " + file, e);
        }
        return new ClusterIdentity(
                properties.getProperty("cluster.id", ""),
                numbers(properties.getProperty("ports", "")),
                numbers(properties.getProperty("controller.ports", "")));
    }

    private void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("cluster.id", clusterId);
        properties.setProperty("ports", text(ports));
        properties.setProperty("controller.ports", text(controllerPorts));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new LocalClusterException("could not write " + file, e);
        }
    }

    private static List<Integer> numbers(String text) {
        return Stream.of(text.split(",", -1))
                .filter(part -> !part.isBlank())
                .map(Integer::valueOf)
                .toList();
    }

    private static String text(List<Integer> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }
}
