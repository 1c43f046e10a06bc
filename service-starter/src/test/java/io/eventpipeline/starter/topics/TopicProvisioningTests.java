package io.eventpipeline.starter.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicProvisioner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

/** The thread that starts what waits for topics is none of those that share carriers. */
class TopicProvisioningTests {

    @Test
    void startsWhatWaitsForTopicsOnAThreadThatNoCarrierCanHoldUp() {
        Admin away =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1"));
        TopicProvisioning provisioning =
                new TopicProvisioning(
                        List.copyOf(new TopicCatalogue("test").all()),
                        new TopicProvisioner(away, 1, Duration.ofSeconds(5)),
                        event -> {});
        provisioning.start();
        try {
            // Which knows platform threads only.
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains("topic-provisioning");
        } finally {
            provisioning.stop();
            away.close(Duration.ZERO);
        }
    }
}
