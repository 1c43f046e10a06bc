package io.eventpipeline.consumer.lag;

import io.eventpipeline.starter.problem.ProblemType;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.stereotype.Component;

/**
 * {@code GET /actuator/lag}: the lag of this service's groups by where they resume, looked at now.
 * {@code /actuator/lag/client}: what its consumers say themselves. {@code /actuator/lag/cluster}:
 * all groups of the cluster by what Kafka has.
 */
@Component
@Endpoint(id = "lag")
final class LagEndpoint {

    private final LagSampler sampler;
    private final ClientLag client;
    private final ClusterLagSampler cluster;

    LagEndpoint(LagSampler sampler, ClientLag client, ClusterLagSampler cluster) {
        this.sampler = sampler;
        this.client = client;
        this.cluster = cluster;
    }

    @ReadOperation
    LagReport lag() {
        return new LagReport(sampler.sample());
    }

    @ReadOperation
    Object lag(@Selector String view) {
        return switch (view) {
            case "client" -> Map.of("partitions", client.find());
            case "cluster" -> cluster.sample();
            default ->
                    throw ProblemType.NOT_FOUND.exception(
                            "There is no lag '%s': /actuator/lag is that of this service's groups,"
                                            .formatted(view)
                                    + " /actuator/lag/client what its consumers say themselves,"
                                    + " /actuator/lag/cluster that of all groups of the cluster");
        };
    }
}
