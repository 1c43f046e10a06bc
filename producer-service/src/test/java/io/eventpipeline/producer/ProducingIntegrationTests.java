package io.eventpipeline.producer;

import io.eventpipeline.localcluster.SharedCluster;

/** On the broker that all tests of this JVM share. */
class ProducingIntegrationTests extends ProducingScenarios {

    @Override
    String bootstrapServers() {
        return SharedCluster.kafka().bootstrapServers();
    }
}
