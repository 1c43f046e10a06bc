package io.eventpipeline.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The shared broker and PostgreSQL are what production runs on: features, settings, WAL level. */
class SharedClusterIntegrationTests {

    @Test
    void brokerHasTransactionsOfTheSecondVersion() throws Exception {
        try (Admin admin = admin()) {
            FeatureMetadata features =
                    admin.describeFeatures().featureMetadata().get(30, TimeUnit.SECONDS);

            assertThat(features.finalizedFeatures())
                    .hasEntrySatisfying(
                            "transaction.version",
                            level -> assertThat(level.maxVersionLevel()).isEqualTo((short) 2));
        }
    }

    @Test
    void brokerRefusesWhatCouldLoseEvents() throws Exception {
        try (Admin admin = admin()) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            Config config =
                    Objects.requireNonNull(
                            admin.describeConfigs(List.of(broker))
                                    .all()
                                    .get(30, TimeUnit.SECONDS)
                                    .get(broker));

            assertThat(config.get("unclean.leader.election.enable").value()).isEqualTo("false");
            assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
            assertThat(config.get("log.retention.hours").value()).isEqualTo("72");
            assertThat(config.get("listeners").value())
                    .contains("127.0.0.1")
                    .doesNotContain("://:");
        }
    }

    @Test
    void postgresWritesALogicalLog() throws Exception {
        try (Connection connection = connect(SharedCluster.postgres().jdbcUrl());
                var found = connection.createStatement().executeQuery("SHOW wal_level")) {
            found.next();
            assertThat(found.getString(1)).isEqualTo("logical");
        }
    }

    @Test
    void everyNewDatabaseIsEmptyAndItsOwn() throws Exception {
        String first = SharedCluster.newDatabase();
        String second = SharedCluster.newDatabase();

        try (Connection connection = connect(first)) {
            connection.createStatement().execute("CREATE TABLE orders (id text)");
        }
        try (Connection connection = connect(second)) {
            connection.createStatement().execute("CREATE TABLE orders (id text)");
        }
    }

    private static Connection connect(String url) throws Exception {
        LocalPostgres postgres = SharedCluster.postgres();
        return DriverManager.getConnection(url, postgres.username(), postgres.password());
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", SharedCluster.kafka().bootstrapServers()));
    }
}
