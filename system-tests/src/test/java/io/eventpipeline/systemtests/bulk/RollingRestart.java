package io.eventpipeline.systemtests.bulk;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.systemtests.services.StoringPipeline;
import io.eventpipeline.systemtests.services.StoringPipeline.Instance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Stops the instances one after the other and starts them again, and counts which partitions move.
 * Those of the one that goes have to go to others, and an even share has to come back to it; a
 * partition that moves between two that stay moves for nothing. Confined to one thread.
 */
final class RollingRestart implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String REBALANCED = "pipeline_consumer_partitions_rebalanced_total";

    private final StoringPipeline pipeline;
    private final Admin admin;
    private final int members;
    private final int partitions;

    /** Waits until the group is even, and takes its size for granted from then on. */
    RollingRestart(StoringPipeline pipeline, int membersOfAnInstance) {
        this.pipeline = pipeline;
        members = membersOfAnInstance;
        admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                pipeline.kafka().bootstrapServers()));
        partitions = awaitShape(pipeline.instances().size(), 1).owners().size();
    }

    /**
     * What moved when an instance went or came.
     *
     * @param what happened
     * @param needed partitions that had to move
     * @param moved partitions that have another member afterwards
     * @param revoked how many partitions those gave back that stayed
     */
    record Moves(String what, long needed, long moved, long revoked) {}

    /** Asks an instance to end, and returns when the others have its partitions. */
    Moves stop(Instance victim) {
        return leave(victim, "SIGTERM", () -> victim.process().stop());
    }

    /** Kills an instance, and returns when the others have its partitions. */
    Moves kill(Instance victim) {
        return leave(victim, "kill -9", () -> victim.process().kill());
    }

    private Moves leave(Instance victim, String signal, Runnable end) {
        GroupShape before = awaitShape(pipeline.instances().size(), partitions);
        List<Instance> others = othersThan(victim);
        double revokedBefore = revoked(others);
        end.run();
        GroupShape after = awaitShape(others.size(), partitions);
        return new Moves(
                signal + " of " + victim.name(),
                before.of(victim.name()),
                after.movedSince(before),
                Math.round(revoked(others) - revokedBefore));
    }

    /** Starts an instance again, and returns when it has its share. */
    Moves start(Instance victim) {
        List<Instance> others = othersThan(victim);
        GroupShape before = awaitShape(others.size(), partitions);
        double revokedBefore = revoked(others);
        victim.process().launch();
        victim.process().awaitReady();
        GroupShape after = awaitShape(pipeline.instances().size(), partitions);
        return new Moves(
                "start of " + victim.name(),
                after.of(victim.name()),
                after.movedSince(before),
                Math.round(revoked(others) - revokedBefore));
    }

    private List<Instance> othersThan(Instance victim) {
        return pipeline.instances().stream().filter(instance -> !instance.equals(victim)).toList();
    }

    private static double revoked(List<Instance> instances) {
        Map<String, String> tags = new HashMap<>();
        tags.put("event", "revoked");
        tags.put("group", StoredOffsets.GROUP);
        return instances.stream()
                .mapToDouble(instance -> instance.process().metric(REBALANCED, tags))
                .sum();
    }

    private GroupShape awaitShape(int instances, int partitionsOrMore) {
        AtomicReference<GroupShape> shape = new AtomicReference<>();
        await("%d instances to share all partitions evenly".formatted(instances))
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    Optional<GroupShape> now = GroupShape.of(admin, StoredOffsets.GROUP);
                    now.ifPresent(shape::set);
                    return now.filter(known -> known.isEven(instances * members, partitionsOrMore))
                            .isPresent();
                });
        return shape.get();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
