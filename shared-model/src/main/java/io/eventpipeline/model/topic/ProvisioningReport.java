package io.eventpipeline.model.topic;

import java.util.List;

/**
 * What a provisioner did and found.
 *
 * @param created names of the topics that were missing and are there now
 * @param grown names of the topics without key that got more partitions
 * @param drifts where a topic differs from its definition, which nobody but a person puts right
 */
public record ProvisioningReport(List<String> created, List<String> grown, List<Drift> drifts) {

    /** Copies the lists. */
    public ProvisioningReport {
        created = List.copyOf(created);
        grown = List.copyOf(grown);
        drifts = List.copyOf(drifts);
    }

    /**
     * One difference between a topic and its definition.
     *
     * @param topic the topic's name
     * @param property {@code partitions}, {@code replication-factor} or the name of a topic setting
     * @param declared what the catalogue says
     * @param actual what the cluster has
     * @param remedy what a person can do about it
     */
    public record Drift(
            String topic, String property, String declared, String actual, String remedy) {

        @Override
        public String toString() {
            return "%s: %s is %s, declared is %s; %s"
                    .formatted(topic, property, actual, declared, remedy);
        }
    }
}
