package io.eventpipeline.consumer;

import io.eventpipeline.localcluster.SharedCluster;

/** The scenarios on a broker and a database that run as child processes. */
class DeliveryIntegrationTests extends DeliveryScenarios {

    private final String jdbcUrl = SharedCluster.newDatabase();

    @Override
    String bootstrapServers() {
        return SharedCluster.kafka().bootstrapServers();
    }

    @Override
    String jdbcUrl() {
        return jdbcUrl;
    }

    @Override
    String environment() {
        return "delivery";
    }
}
