package io.eventpipeline.connect;

import io.eventpipeline.localcluster.SharedCluster;

/** The scenarios on a broker as a child process. */
class ConnectIntegrationTests extends ConnectScenarios {

    @Override
    String bootstrapServers() {
        return SharedCluster.kafka().bootstrapServers();
    }
}
