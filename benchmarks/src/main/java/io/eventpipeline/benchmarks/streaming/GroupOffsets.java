package io.eventpipeline.benchmarks.streaming;

import io.eventpipeline.benchmarks.consuming.EventSender;
import io.eventpipeline.benchmarks.processes.BenchmarkException;
import io.eventpipeline.model.topic.PipelineTopic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far an application is in some of its input topics, summed over their partitions. */
final class GroupOffsets implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, OffsetSpec> partitions;

    GroupOffsets(String bootstrapServers, String group, Collection<PipelineTopic> inputs) {
        this.group = group;
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        partitions =
                inputs.stream()
                        .map(EventSender.TOPICS::get)
                        .flatMap(topic ->
                                IntStream.range(0, topic.partitions())
                                        .mapToObj(each -> new TopicPartition(topic.name(), each)))
                        .collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest()));
    }

    /** The sum of what is committed; no partition counts before its first commit. */
    long committed() {
        return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .entrySet()
                .stream()
                .filter(each -> partitions.containsKey(each.getKey()) && each.getValue() != null)
                .mapToLong(each -> each.getValue().offset())
                .sum();
    }

    /** The sum of the ends: the inputs begin at 0 and are written without transactions. */
    long end() {
        return get(admin.listOffsets(partitions).all()).values().stream()
                .mapToLong(each -> each.offset())
                .sum();
    }

    /** Whether the group has a member, or is thought to have one. */
    boolean hasMembers() {
        return get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .anyMatch(each -> !each.members().isEmpty());
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new BenchmarkException("the broker does not answer: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
