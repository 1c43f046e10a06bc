package io.eventpipeline.streams;

import io.eventpipeline.localcluster.SharedCluster;

/** On the broker that all tests of this JVM share. */
class ShipmentsIntegrationTests extends ShipmentsScenarios {

    @Override
    String bootstrapServers() {
        return SharedCluster.kafka().bootstrapServers();
    }
}
