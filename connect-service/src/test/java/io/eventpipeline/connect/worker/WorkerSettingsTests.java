package io.eventpipeline.connect.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.connect.safety.SafetyProperties;
import io.eventpipeline.connect.worker.ConnectProperties.PluginDiscovery;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.settings.PipelineProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service's settings mean to the worker. */
class WorkerSettingsTests {

    private static final TopicCatalogue CATALOGUE = new TopicCatalogue("shop");

    @TempDir private Path folder;
    private List<String> overrides = List.of();

    @Test
    void areAcceptedByKafkaConnect() {
        assertThat(
                        new DistributedConfig(settings(1, "127.0.0.1").toMap())
                                .exactlyOnceSourceEnabled())
                .isTrue();
    }

    @Test
    void keepsItsStateInTheTopicsOfTheCatalogue() {
        assertThat(settings(1, "127.0.0.1").toMap())
                .containsEntry(
                        "config.storage.topic", CATALOGUE.name(PipelineTopic.CONNECT_CONFIGS))
                .containsEntry(
                        "offset.storage.topic", CATALOGUE.name(PipelineTopic.CONNECT_OFFSETS))
                .containsEntry("status.storage.topic", CATALOGUE.name(PipelineTopic.CONNECT_STATUS))
                .containsEntry("offset.storage.partitions", "25")
                .containsEntry("status.storage.partitions", "5")
                .containsEntry("offset.storage.replication.factor", "1")
                .containsEntry("offset.storage.min.insync.replicas", "1");
    }

    @Test
    void waitsForTwoCopiesWhereThereAreThree() {
        assertThat(settings(3, "127.0.0.1").toMap())
                .containsEntry("config.storage.replication.factor", "3")
                .containsEntry("config.storage.min.insync.replicas", "2");
    }

    @Test
    void listensOnTheBindAddressOnly() {
        assertThat(settings(1, "127.0.0.1").toMap())
                .containsEntry("listeners", "http://127.0.0.1:8083")
                .doesNotContainKey("rest.advertised.host.name");
    }

    @Test
    void advertisesANameWhereItListensOnEveryInterface() {
        assertThat(settings(1, "0.0.0.0").toMap().get("rest.advertised.host.name"))
                .isNotNull()
                .isNotEqualTo("0.0.0.0");
    }

    @Test
    void readsCommittedRecordsAndWritesEachOnce() {
        assertThat(settings(1, "127.0.0.1").toMap())
                .containsEntry("consumer.isolation.level", "read_committed")
                .containsEntry("producer.acks", "all")
                .containsEntry("producer.enable.idempotence", "true")
                .containsEntry("exactly.once.source.support", "enabled");
    }

    @Test
    void allowsNoClientOverrides() {
        assertThat(settings(1, "127.0.0.1").toMap())
                .containsEntry("connector.client.config.override.policy", "None");
    }

    @Test
    void readsSecretsOnlyFromTheirFolder() {
        assertThat(settings(1, "127.0.0.1").toMap()).containsEntry("config.providers", "env");

        Map<String, String> withSecrets = settings(1, "127.0.0.1", folder).toMap();
        assertThat(withSecrets)
                .containsEntry("config.providers", "env,file,directory")
                .containsEntry("config.providers.file.param.allowed.paths", folder.toString())
                .containsEntry("config.providers.directory.param.allowed.paths", folder.toString());
    }

    @Test
    void handsTheClientsWhatTheyNeedToReachTheBrokers() {
        assertThat(settings(1, "127.0.0.1").toMap())
                .containsEntry("bootstrap.servers", "one:9092,two:9092")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("producer.security.protocol", "SSL")
                .containsEntry("consumer.security.protocol", "SSL")
                .containsEntry("admin.security.protocol", "SSL");
    }

    @Test
    void allowsTheClientOverridesOfTheList() {
        overrides = List.of("max.poll.records", "linger.ms");

        assertThat(settings(1, "127.0.0.1").toMap())
                .containsEntry("connector.client.config.override.policy", "Allowlist")
                .containsEntry(
                        "connector.client.config.override.allowlist", "max.poll.records,linger.ms");
    }

    private WorkerSettings settings(int replicationFactor, String bindAddress) {
        return settings(replicationFactor, bindAddress, null);
    }

    private WorkerSettings settings(
            int replicationFactor, String bindAddress, @Nullable Path secrets) {
        return new WorkerSettings(
                new ConnectProperties(
                        folder,
                        PluginDiscovery.SERVICE_LOAD,
                        folder,
                        secrets,
                        8083,
                        null,
                        Duration.ofSeconds(20)),
                new SafetyProperties(List.of(), overrides, "CONNECT_.*", List.of("password")),
                new PipelineProperties("shop", replicationFactor, bindAddress),
                CATALOGUE,
                Map.of(
                        "bootstrap.servers",
                        List.of("one:9092", "two:9092"),
                        "security.protocol",
                        "SSL"));
    }
}
