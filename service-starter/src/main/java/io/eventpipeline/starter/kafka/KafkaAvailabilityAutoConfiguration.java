package io.eventpipeline.starter.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/** An {@link Admin} with bounded waits, and the watch over the brokers that uses it. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
public class KafkaAvailabilityAutoConfiguration {

    /**
     * A client for administration, made of {@code spring.kafka.*}; every call ends within seconds.
     */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Admin pipelineAdmin(KafkaAdmin kafkaAdmin) {
        Map<String, Object> config = new HashMap<>(kafkaAdmin.getConfigurationProperties());
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000);
        config.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        config.putIfAbsent(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000);
        return Admin.create(config);
    }

    @Bean
    KafkaAvailability kafkaAvailability(Admin admin) {
        return new KafkaAvailability(admin);
    }

    @Bean
    HealthIndicator kafkaHealthIndicator(KafkaAvailability availability) {
        return new KafkaHealthIndicator(availability);
    }
}
