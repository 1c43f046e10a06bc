package io.eventpipeline.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers go on without any one of them, the active controller included. */
class ThreeBrokersIntegrationTests {

    @TempDir private Path folder;

    @Test
    void writesGoOnWithoutOneBrokerAndItComesBack() throws Exception {
        try (LocalKafka kafka =
                LocalKafka.builder().brokers(3).dataFolder(folder).build().start()) {
            Orders orders = new Orders(kafka.bootstrapServers());
            orders.createTopic(3);
            orders.send(Orders.numbered(1, 100));

            kafka.broker(1).kill();
            orders.send(Orders.numbered(101, 200));
            kafka.broker(1).start();
            kafka.broker(2).kill();
            orders.send(Orders.numbered(201, 300));

            assertThat(orders.read()).isEqualTo(Orders.numbered(1, 300));
        }
    }
}
