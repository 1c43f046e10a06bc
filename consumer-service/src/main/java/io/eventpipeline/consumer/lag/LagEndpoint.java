package io.eventpipeline.consumer.lag;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/** {@code GET /actuator/lag}: the lag of this service's groups, looked at now. */
@Component
@Endpoint(id = "lag")
final class LagEndpoint {

    private final LagSampler sampler;

    LagEndpoint(LagSampler sampler) {
        this.sampler = sampler;
    }

    @ReadOperation
    LagReport lag() {
        return new LagReport(sampler.sample());
    }
}
