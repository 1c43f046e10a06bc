package io.eventpipeline.model.topic;

import io.eventpipeline.model.topic.ProvisioningReport.Drift;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics of the catalogue and says where existing ones differ from it. Missing topics are
 * created; topics without key are grown, because no key moves; everything else is reported. Nothing
 * is ever shrunk or deleted. Several services may provision at the same time: whoever comes second
 * finds the topic there. Not thread-safe.
 */
public final class TopicProvisioner {

    private static final Duration VISIBILITY_PAUSE = Duration.ofMillis(50);

    private final Admin admin;
    private final int replicationFactor;
    private final Duration timeout;

    /**
     * Creates a provisioner.
     *
     * @param admin stays open; its owner closes it
     * @param replicationFactor in how many copies new topics are kept
     * @param timeout the longest wait for each answer of the cluster
     */
    public TopicProvisioner(Admin admin, int replicationFactor, Duration timeout) {
        this.admin = admin;
        this.replicationFactor = replicationFactor;
        this.timeout = timeout;
    }

    /**
     * Creates what is missing, grows what may grow, and reports the rest.
     *
     * @throws ProvisioningException if the cluster does not answer or refuses
     */
    public ProvisioningReport provision(Collection<TopicDefinition> topics) {
        Map<String, TopicDescription> existing = describe(topics);
        List<String> created = new ArrayList<>();
        List<String> grown = new ArrayList<>();
        List<Drift> drifts = new ArrayList<>();
        Map<String, Integer> awaited = new HashMap<>();
        List<TopicDefinition> missing =
                topics.stream().filter(topic -> !existing.containsKey(topic.name())).toList();
        create(missing, created);
        missing.forEach(topic -> awaited.put(topic.name(), 1));
        List<TopicDefinition> present =
                topics.stream().filter(topic -> existing.containsKey(topic.name())).toList();
        for (TopicDefinition topic : present) {
            TopicDescription actual = existing.get(topic.name());
            if (actual == null) {
                continue;
            }
            if (actual.partitions().size() < topic.partitions() && !topic.keyed()) {
                increase(topic.name(), topic.partitions());
                grown.add(topic.name());
                awaited.put(topic.name(), topic.partitions());
            } else {
                TopicDrift.ofPartitions(topic, actual, replicationFactor).forEach(drifts::add);
            }
        }
        awaitVisible(topics, awaited);
        Map<String, Config> configs = configs(present);
        for (TopicDefinition topic : present) {
            Config actual = configs.get(topic.name());
            if (actual != null) {
                drifts.addAll(TopicDrift.ofConfigs(topic, actual, replicationFactor));
            }
        }
        return new ProvisioningReport(created, grown, drifts);
    }

    /**
     * Says where the cluster differs from the declaration, and changes nothing; a topic that is
     * missing is one difference.
     *
     * @throws ProvisioningException if the cluster does not answer
     */
    public List<Drift> inspect(Collection<TopicDefinition> topics) {
        Map<String, TopicDescription> existing = describe(topics);
        List<Drift> drifts = new ArrayList<>();
        List<TopicDefinition> present = new ArrayList<>();
        for (TopicDefinition topic : topics) {
            TopicDescription actual = existing.get(topic.name());
            if (actual == null) {
                drifts.add(TopicDrift.ofMissing(topic));
            } else {
                present.add(topic);
                drifts.addAll(TopicDrift.ofPartitions(topic, actual, replicationFactor));
            }
        }
        Map<String, Config> configs = configs(present);
        for (TopicDefinition topic : present) {
            Config actual = configs.get(topic.name());
            if (actual != null) {
                drifts.addAll(TopicDrift.ofConfigs(topic, actual, replicationFactor));
            }
        }
        return drifts;
    }

    /**
     * Gives a keyed topic more partitions, together with all topics that are joined with it.
     * Existing keys move to other partitions, so order across the change is lost and state that
     * lies by key is orphaned: this is for a person who knows, never done by itself.
     *
     * @param topic the topic to grow
     * @param partitions how many it shall have
     * @param joinedWith the other topics that must have the same number; they are grown along
     * @throws IllegalArgumentException if a topic does not exist, or has as many or more already
     * @throws ProvisioningException if the cluster does not answer or refuses
     */
    public void growKeyed(
            TopicDefinition topic, int partitions, Collection<TopicDefinition> joinedWith) {
        List<TopicDefinition> together = new ArrayList<>();
        Stream.concat(Stream.of(topic), joinedWith.stream())
                .forEach(each -> {
                    together.add(each);
                    // A letter keeps its partition number, so its topic needs as many.
                    together.add(each.deadLetter());
                });
        Map<String, TopicDescription> existing = describe(together);
        for (TopicDefinition each : together) {
            TopicDescription actual = existing.get(each.name());
            if (actual == null) {
                throw new IllegalArgumentException("Topic " + each.name() + " does not exist");
            }
            int has = actual.partitions().size();
            if (has >= partitions) {
                throw new IllegalArgumentException(
                        "Topic %s has %d partitions; Kafka only adds some, so %d is refused"
                                .formatted(each.name(), has, partitions));
            }
        }
        Map<String, Integer> awaited = new HashMap<>();
        for (TopicDefinition each : together) {
            increase(each.name(), partitions);
            awaited.put(each.name(), partitions);
        }
        awaitVisible(together, awaited);
    }

    /**
     * The controller answers before the brokers know: a topic is only there when a broker describes
     * it.
     */
    private void awaitVisible(
            Collection<TopicDefinition> topics, Map<String, Integer> partitionsByName) {
        if (partitionsByName.isEmpty()) {
            return;
        }
        List<TopicDefinition> watched =
                topics.stream().filter(t -> partitionsByName.containsKey(t.name())).toList();
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!areVisible(describe(watched), partitionsByName)) {
            if (System.nanoTime() - deadline > 0) {
                throw new ProvisioningException(
                        "Could not see new topics",
                        new TimeoutException("not within " + timeout.toSeconds() + " s"));
            }
            try {
                Thread.sleep(VISIBILITY_PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProvisioningException("Interrupted; could not see new topics", e);
            }
        }
    }

    private static boolean areVisible(
            Map<String, TopicDescription> seen, Map<String, Integer> partitionsByName) {
        return partitionsByName.entrySet().stream()
                .allMatch(expected -> {
                    TopicDescription topic = seen.get(expected.getKey());
                    return topic != null && topic.partitions().size() >= expected.getValue();
                });
    }

    private Map<String, TopicDescription> describe(Collection<TopicDefinition> topics) {
        Map<String, TopicDescription> existing = new HashMap<>();
        admin.describeTopics(topics.stream().map(TopicDefinition::name).toList())
                .topicNameValues()
                .forEach((name, description) -> {
                    try {
                        existing.put(name, get("describe topic " + name, description));
                    } catch (ProvisioningException e) {
                        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                            throw e;
                        }
                    }
                });
        return existing;
    }

    private void create(List<TopicDefinition> missing, List<String> created) {
        admin.createTopics(missing.stream().map(t -> t.toNewTopic(replicationFactor)).toList())
                .values()
                .forEach((name, done) -> {
                    try {
                        get("create topic " + name, done);
                        created.add(name);
                    } catch (ProvisioningException e) {
                        if (!(e.getCause() instanceof TopicExistsException)) {
                            throw e;
                        }
                    }
                });
    }

    private void increase(String topic, int partitions) {
        get(
                "give topic " + topic + " " + partitions + " partitions",
                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all());
    }

    private Map<String, Config> configs(List<TopicDefinition> topics) {
        Map<String, Config> byTopic = new HashMap<>();
        get(
                        "read topic settings",
                        admin.describeConfigs(
                                        topics.stream()
                                                .map(topic ->
                                                        new ConfigResource(
                                                                ConfigResource.Type.TOPIC,
                                                                topic.name()))
                                                .toList())
                                .all())
                .forEach((resource, config) -> byTopic.put(resource.name(), config));
        return byTopic;
    }

    private <T> T get(String action, KafkaFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ProvisioningException("Could not " + action, cause);
        } catch (TimeoutException e) {
            throw new ProvisioningException(
                    "Could not " + action + " within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("Interrupted; could not " + action, e);
        }
    }
}
