package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.MONDAY_NOON;
import static io.eventpipeline.consumer.TestEvents.measurement;
import static io.eventpipeline.consumer.TestEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * C2 and C3: commits that fail while the partitions are still owned are counted, tried again until
 * they succeed, and taken for no loss. One group commits without waiting, the other after each
 * batch; the failures are those of a rebalance under way.
 */
class CommitFailuresIntegrationTests {

    private static final Duration DONE = Duration.ofMinutes(2);

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final TopicCatalogue catalogue = new TopicCatalogue("commit-failures");
    private final TopicPartition orders =
            new TopicPartition(catalogue.name(PipelineTopic.ORDER_PLACED), 0);
    private final TopicPartition measurements =
            new TopicPartition(catalogue.name(PipelineTopic.SERVER_MEASURED), 0);

    @Test
    @DisplayName(
            "C2, C3 commits that fail are counted and tried again while the partition is owned")
    void triesAgainWhatFailedUntilKafkaHasIt() throws Exception {
        try (RunningService service = start();
                Sender sender = new Sender(bootstrap, null);
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            await().atMost(DONE)
                    .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);
            Failures.ON.set(true);
            sender.send(orders.topic(), 0, "o-1", order("o-1", ALICE));
            sender.send(measurements.topic(), 0, "m-1", measurement("h", 0.5, MONDAY_NOON));

            await().atMost(DONE).until(() -> count(service, "SELECT count(*) FROM orders") == 1);
            // More than one: it was tried again, although nothing else came.
            await().atMost(DONE).until(() -> failed(service, "shipments") >= 3);
            await().atMost(DONE).until(() -> failed(service, "measurements") >= 3);
            assertThat(committed(admin, "shipments", orders)).isZero();
            assertThat(committed(admin, "measurements", measurements)).isZero();

            Failures.ON.set(false);
            await().atMost(DONE).until(() -> committed(admin, "shipments", orders) == 1);
            await().atMost(DONE).until(() -> committed(admin, "measurements", measurements) == 1);
            assertThat(count(service, "SELECT sum(repeats_dropped) FROM consumer_offset"))
                    .as("records read again")
                    .isZero();
            assertThat(metrics(service)).doesNotContain("event=\"lost\"");
        } finally {
            Failures.ON.set(false);
        }
    }

    private RunningService start() {
        return RunningService.start(
                new Class<?>[] {ConsumerServiceApplication.class, Failures.class},
                bootstrap,
                SharedCluster.newDatabase(),
                catalogue.environment(),
                "--pipeline.consumer.shipments.commits.mode=async",
                "--pipeline.consumer.measurements.commits.mode=sync-batch");
    }

    private static double failed(RunningService service, String group) {
        return metrics(service)
                .lines()
                .filter(line ->
                        line.startsWith("pipeline_consumer_kafka_commits_failed_total{")
                                && line.contains("group=\"" + group + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String metrics(RunningService service) {
        return service.get("/actuator/prometheus").body();
    }

    private static long committed(Admin admin, String group, TopicPartition partition)
            throws Exception {
        OffsetAndMetadata committed =
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get(60, TimeUnit.SECONDS)
                        .get(partition);
        return committed == null ? 0 : committed.offset();
    }

    private static long count(RunningService service, String query) {
        Long count = service.bean(JdbcTemplate.class).queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }

    /**
     * Lets all commits fail as they do in a rebalance: nothing reaches the broker. Not annotated,
     * so that no other service finds it.
     */
    static class Failures {

        static final AtomicBoolean ON = new AtomicBoolean();

        @Bean
        static BeanPostProcessor failingCommits() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof DefaultKafkaConsumerFactory<?, ?> factory) {
                        factory.addPostProcessor(Failures::failing);
                    }
                    return bean;
                }
            };
        }

        @SuppressWarnings("unchecked") // The proxy has the interface of what it stands for.
        private static <K, V> Consumer<K, V> failing(Consumer<K, V> consumer) {
            return (Consumer<K, V>)
                    Proxy.newProxyInstance(
                            Failures.class.getClassLoader(),
                            new Class<?>[] {Consumer.class},
                            (proxy, method, arguments) -> {
                                if (ON.get() && method.getName().equals("commitSync")) {
                                    throw new RebalanceInProgressException("as in a rebalance");
                                }
                                if (ON.get() && method.getName().equals("commitAsync")) {
                                    ((OffsetCommitCallback) arguments[1])
                                            .onComplete(
                                                    (Map<TopicPartition, OffsetAndMetadata>)
                                                            arguments[0],
                                                    new RetriableCommitFailedException(
                                                            "as in a rebalance"));
                                    return null;
                                }
                                try {
                                    return method.invoke(consumer, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getTargetException();
                                }
                            });
        }
    }
}
