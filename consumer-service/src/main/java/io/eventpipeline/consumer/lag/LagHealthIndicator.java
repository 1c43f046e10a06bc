package io.eventpipeline.consumer.lag;

import io.eventpipeline.consumer.lag.StandStills.StandStill;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * The health component {@code lag}: how far each group is behind, as it was seen last, and DEGRADED
 * only where a group stands still while records wait. Never a threshold on a number.
 */
@Component
final class LagHealthIndicator extends AbstractHealthIndicator {

    private static final int SHOWN = 20;

    private final LagSampler sampler;

    LagHealthIndicator(LagSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        Map<String, long[]> behind = new TreeMap<>();
        for (PartitionLag partition : sampler.last()) {
            long[] sums = behind.computeIfAbsent(partition.group(), group -> new long[2]);
            sums[0] += partition.lag() == null ? 0 : partition.lag();
            sums[1] = Math.max(sums[1], partition.timeLagMs() == null ? 0 : partition.timeLagMs());
        }
        behind.forEach((group, sums) ->
                builder.withDetail(group, Map.of("records", sums[0], "timeLagMs", sums[1])));
        List<StandStill> found = sampler.standStills();
        if (!found.isEmpty()) {
            builder.status("DEGRADED")
                    .withDetail("reason", "Groups stand still while records wait")
                    .withDetail(
                            "standing",
                            found.stream().limit(SHOWN).map(LagHealthIndicator::describe).toList());
        }
    }

    private static Map<String, Object> describe(StandStill still) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("group", still.group());
        details.put("topic", still.topic());
        details.put("partition", still.partition());
        details.put("offset", still.offset() == null ? "none" : still.offset());
        details.put("lag", still.lag());
        details.put("growing", still.growing());
        details.put("since", still.since().toString());
        return details;
    }
}
