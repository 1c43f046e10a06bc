package io.eventpipeline.streams;

import io.eventpipeline.localcluster.SharedCluster;
import org.junit.jupiter.api.DisplayName;

/** The same question answered the other way has the same outcomes. */
@DisplayName("E3 the repartition alternative")
class ShipmentsByRepartitionIntegrationTests extends ShipmentsScenarios {

    @Override
    String bootstrapServers() {
        return SharedCluster.kafka().bootstrapServers();
    }

    @Override
    String join() {
        return "repartition";
    }
}
