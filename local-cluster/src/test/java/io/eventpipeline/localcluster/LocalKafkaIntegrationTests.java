package io.eventpipeline.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged stays, whatever happens to the broker; on one broker of its own. */
class LocalKafkaIntegrationTests {

    @TempDir private Path folder;

    @Test
    void acknowledgedRecordsSurviveKillAndRestart() throws Exception {
        try (LocalKafka kafka = LocalKafka.builder().dataFolder(folder).build().start()) {
            Orders orders = new Orders(kafka.bootstrapServers());
            orders.createTopic(1);
            orders.send(Orders.numbered(1, 500));
            long firstPid = kafka.broker(1).pid();

            kafka.broker(1).kill();
            assertThat(kafka.broker(1).isAlive()).isFalse();
            kafka.broker(1).start();

            assertThat(kafka.broker(1).pid()).isNotEqualTo(firstPid);
            orders.send(Orders.numbered(501, 600));
            assertThat(orders.read()).isEqualTo(Orders.numbered(1, 600));
        }
    }

    @Test
    void laterClusterOnTheSameFolderGoesOnWithDataAndPort() throws Exception {
        String servers;
        try (LocalKafka kafka = LocalKafka.builder().dataFolder(folder).build().start()) {
            servers = kafka.bootstrapServers();
            Orders orders = new Orders(servers);
            orders.createTopic(1);
            orders.send(Orders.numbered(1, 10));
            kafka.stop();
        }

        assertThat(LocalKafka.brokersIn(folder)).isEqualTo(1);
        try (LocalKafka kafka = LocalKafka.builder().dataFolder(folder).build().start()) {
            assertThat(kafka.bootstrapServers()).isEqualTo(servers);
            assertThat(new Orders(servers).read()).isEqualTo(Orders.numbered(1, 10));
        }
    }

    @Test
    void suspendedBrokerKeepsCallersWaitingUntilItIsResumed() throws Exception {
        try (LocalKafka kafka = LocalKafka.builder().dataFolder(folder).build().start()) {
            Orders orders = new Orders(kafka.bootstrapServers());
            orders.createTopic(1);

            kafka.broker(1).suspend();
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> {
                        try {
                            orders.send(Orders.numbered(1, 5));
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    });
            assertThatThrownBy(() -> sending.get(2, TimeUnit.SECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(kafka.broker(1).isAlive()).isTrue();

            kafka.broker(1).resume();
            sending.get(60, TimeUnit.SECONDS);
            assertThat(orders.read()).isEqualTo(Orders.numbered(1, 5));
        }
    }

    @Test
    void failedStartShowsTheEndOfTheBrokersLog() throws IOException {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalKafka kafka =
                        LocalKafka.builder()
                                .dataFolder(folder)
                                .ports(List.of(occupant.getLocalPort()))
                                .build()) {
            assertThatThrownBy(kafka::start)
                    .isInstanceOf(LocalClusterException.class)
                    .hasMessageContaining("broker-1.log")
                    .hasMessageContaining(Integer.toString(occupant.getLocalPort()));
            assertThat(kafka.broker(1).isAlive()).isFalse();
        }
    }

    @Test
    void dataOfOneBrokerIsNotOpenedAsThatOfThree() {
        try (LocalKafka kafka = LocalKafka.builder().dataFolder(folder).build()) {
            assertThat(kafka.brokers()).hasSize(1);
        }
        assertThatThrownBy(() -> LocalKafka.builder().brokers(3).dataFolder(folder).build())
                .isInstanceOf(LocalClusterException.class)
                .hasMessageContaining("1 brokers, not of 3");
    }
}
