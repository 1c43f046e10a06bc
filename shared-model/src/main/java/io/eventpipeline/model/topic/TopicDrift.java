package io.eventpipeline.model.topic;

import io.eventpipeline.model.topic.ProvisioningReport.Drift;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/** Compares an existing topic with its definition. */
final class TopicDrift {

    private TopicDrift() {}

    static List<Drift> ofPartitions(
            TopicDefinition declared, TopicDescription actual, int replicationFactor) {
        List<Drift> drifts = new ArrayList<>();
        int partitions = actual.partitions().size();
        if (partitions < declared.partitions()) {
            drifts.add(
                    new Drift(
                            declared.name(),
                            "partitions",
                            Integer.toString(declared.partitions()),
                            Integer.toString(partitions),
                            "growing a keyed topic moves keys: ./pipeline topics grow names the"
                                    + " topics joined with it"));
        } else if (partitions > declared.partitions()) {
            drifts.add(
                    new Drift(
                            declared.name(),
                            "partitions",
                            Integer.toString(declared.partitions()),
                            Integer.toString(partitions),
                            "partitions cannot be taken away: raise the declaration"));
        }
        int replicas = actual.partitions().getFirst().replicas().size();
        if (replicas != replicationFactor) {
            drifts.add(
                    new Drift(
                            declared.name(),
                            "replication-factor",
                            Integer.toString(replicationFactor),
                            Integer.toString(replicas),
                            "reassign the partitions with kafka-reassign-partitions"));
        }
        return drifts;
    }

    static Drift ofMissing(TopicDefinition declared) {
        return new Drift(
                declared.name(),
                "topic",
                "present",
                "missing",
                "the service that uses it creates it at its start");
    }

    static List<Drift> ofConfigs(TopicDefinition declared, Config actual, int replicationFactor) {
        List<Drift> drifts = new ArrayList<>();
        declared.configs(replicationFactor)
                .forEach((name, value) -> {
                    ConfigEntry entry = actual.get(name);
                    if (entry != null && !value.equals(entry.value())) {
                        drifts.add(
                                new Drift(
                                        declared.name(),
                                        name,
                                        value,
                                        String.valueOf(entry.value()),
                                        "alter it with kafka-configs"));
                    }
                });
        return drifts;
    }
}
