package io.eventpipeline.consumer;

import static io.eventpipeline.consumer.TestEvents.ALICE;
import static io.eventpipeline.consumer.TestEvents.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * The publicly known defects of spring-kafka 4.1.1 that lose a poison record, an offset or a
 * partition (its issues 4371, 4622 and 4687) do not reach this service. Each test does what brings
 * the defect about.
 */
class KnownDefectsIntegrationTests {

    private static final Duration DELIVERED = Duration.ofSeconds(90);
    private static final int PARTITIONS = 6;

    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final String jdbcUrl = SharedCluster.newDatabase();
    private final List<RunningService> services = new ArrayList<>();

    @AfterEach
    void stop() {
        services.reversed().forEach(RunningService::close);
        Interruptions.NEXT.set(0);
    }

    /**
     * Issue 4371: a good batch of one partition clears the count of attempts of another, and its
     * poison record never becomes a dead letter.
     */
    @Test
    void sendsPoisonOfOnePartitionToTheDeadLettersWhileOthersSucceed() {
        String orders = orders("defect-4371");
        // One consumer polls all partitions together.
        RunningService service = start("defect-4371", 1);
        MessageListenerContainer container =
                Objects.requireNonNull(
                        service.bean(KafkaListenerEndpointRegistry.class)
                                .getListenerContainer("shipments"));
        container.pause();
        await().atMost(DELIVERED).until(container::isContainerPaused);
        try (Sender sender = new Sender(bootstrap, null)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                for (int i = 0; i < 20; i++) {
                    if (partition == 2 && i == 10) {
                        sender.sendBytes(orders, partition, "alice", "{poison".getBytes(UTF_8));
                        sender.sendBytes(
                                orders, partition, "alice", refusedByPostgres("nul-" + partition));
                    }
                    String id = partition + "-" + i;
                    sender.send(orders, partition, id, order(id, ALICE));
                }
            }
        }
        container.resume();

        awaitOrders(service, 20 * PARTITIONS);
        await().atMost(DELIVERED)
                .until(() -> TopicReader.read(bootstrap, orders + "-dlt").size() == 2);
        assertThat(TopicReader.read(bootstrap, orders + "-dlt"))
                .allMatch(letter -> letter.partition() == 2);
        assertThat(count(service, "SELECT sum(dead_lettered) FROM consumer_offset")).isEqualTo(2);
        assertThat(
                        count(
                                service,
                                "SELECT count(*) FROM (SELECT source_offset, stored_seq,"
                                        + " lag(stored_seq) OVER (PARTITION BY source_partition"
                                        + " ORDER BY source_offset) AS before FROM orders) o WHERE"
                                        + " before > stored_seq"))
                .as("rows out of order")
                .isZero();
    }

    /** Issue 4622: a pending wake-up aborts the next commit, and the offsets are forgotten. */
    @Test
    void commitsAgainWhatAWakeUpInterrupted() throws Exception {
        String orders = orders("defect-4622");
        RunningService service = start("defect-4622", 1);
        try (Sender sender = new Sender(bootstrap, null);
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            sender.send(orders, 0, "before", order("before", ALICE));
            awaitCommitted(admin, new TopicPartition(orders, 0), 1);

            Interruptions.NEXT.set(2);
            sender.send(orders, 0, "interrupted", order("interrupted", ALICE));

            // Nothing else is sent: the commit has to come by itself.
            awaitCommitted(admin, new TopicPartition(orders, 0), 2);
            assertThat(Interruptions.NEXT).hasValue(0);
            awaitOrders(service, 2);
            assertThat(count(service, "SELECT sum(repeats_dropped) FROM consumer_offset")).isZero();
        }
    }

    /**
     * Issue 4687: partitions that a member keeps through a rebalance stay paused for ever. Here
     * they are paused when the rebalance comes, because the database refuses the batch.
     */
    @Test
    void readsEveryPartitionAfterRebalancesThatMeetPausedOnes() {
        String orders = orders("defect-4687");
        RunningService first = start("defect-4687", 2);
        Set<String> sent = new HashSet<>();
        try (Sender sender = new Sender(bootstrap, null)) {
            for (int round = 0; round < 2; round++) {
                first.bean(JdbcTemplate.class).execute("ALTER TABLE orders RENAME TO orders_away");
                send(sender, orders, "paused-" + round, sent);
                awaitSuspended(first);
                RunningService second = start("defect-4687", 2);
                awaitOwners(second, orders);
                first.bean(JdbcTemplate.class).execute("ALTER TABLE orders_away RENAME TO orders");
                awaitOrders(first, sent.size());
                second.close();
                services.remove(second);
                send(sender, orders, "after-" + round, sent);
                awaitOrders(first, sent.size());
            }
        }
        assertThat(count(first, "SELECT count(DISTINCT source_partition) FROM orders"))
                .isEqualTo(PARTITIONS);
    }

    private static void send(Sender sender, String orders, String prefix, Set<String> sent) {
        IntStream.range(0, PARTITIONS)
                .forEach(partition -> {
                    String id = prefix + "-" + partition;
                    sender.send(orders, partition, id, order(id, ALICE));
                    sent.add(id);
                });
    }

    private RunningService start(String environment, int concurrency) {
        RunningService service =
                RunningService.start(
                        new Class<?>[] {ConsumerServiceApplication.class, Interruptions.class},
                        bootstrap,
                        jdbcUrl,
                        environment,
                        "--pipeline.consumer.shipments.concurrency=" + concurrency,
                        "--pipeline.consumer.instance-id=consumer-" + services.size());
        services.add(service);
        await().atMost(DELIVERED)
                .until(() -> service.get("/actuator/health/readiness").statusCode() == 200);
        return service;
    }

    private static String orders(String environment) {
        return new TopicCatalogue(environment).name(PipelineTopic.ORDER_PLACED);
    }

    private static byte[] refusedByPostgres(String id) {
        return new String(EventJson.write(order(id, ALICE)), UTF_8)
                .replace("espresso", "espr\\u0000esso")
                .getBytes(UTF_8);
    }

    private static void awaitOrders(RunningService service, long expected) {
        await().atMost(DELIVERED)
                .untilAsserted(() ->
                        assertThat(count(service, "SELECT count(*) FROM orders"))
                                .isEqualTo(expected));
    }

    private static void awaitSuspended(RunningService service) {
        await().atMost(DELIVERED)
                .until(() ->
                        service.json("/actuator/health")
                                .at("/components/listeners/details/shipments/state")
                                .stringValue("")
                                .equals("suspended"));
    }

    private static void awaitOwners(RunningService service, String topic) {
        await().atMost(DELIVERED)
                .until(() ->
                        service.json("/actuator/lag")
                                        .get("partitions")
                                        .valueStream()
                                        .filter(lag -> lag.get("topic").stringValue().equals(topic))
                                        .filter(lag ->
                                                lag.get("owner")
                                                        .stringValue("")
                                                        .startsWith("consumer-1"))
                                        .count()
                                >= 2);
    }

    private static void awaitCommitted(Admin admin, TopicPartition partition, long expected) {
        await().atMost(DELIVERED)
                .until(() -> {
                    OffsetAndMetadata committed =
                            admin.listConsumerGroupOffsets("shipments")
                                    .partitionsToOffsetAndMetadata()
                                    .get(30, TimeUnit.SECONDS)
                                    .get(partition);
                    return committed != null && committed.offset() == expected;
                });
    }

    private static long count(RunningService service, String query) {
        Long count = service.bean(JdbcTemplate.class).queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }

    /** Does to so many commits what a pending wake-up does: nothing reaches the broker. */
    @Configuration(proxyBeanMethods = false)
    static class Interruptions {

        static final AtomicInteger NEXT = new AtomicInteger();

        @Bean
        static BeanPostProcessor interruptedCommits() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof DefaultKafkaConsumerFactory<?, ?> factory) {
                        factory.addPostProcessor(Interruptions::interrupted);
                    }
                    return bean;
                }
            };
        }

        /** As the consumer does it: a commit without callback throws. */
        @SuppressWarnings("unchecked")
        private static void interrupt(Object[] arguments) {
            if (!(arguments[arguments.length - 1] instanceof OffsetCommitCallback callback)) {
                throw new WakeupException();
            }
            callback.onComplete(
                    (Map<TopicPartition, OffsetAndMetadata>) arguments[0],
                    new RetriableCommitFailedException(new WakeupException()));
        }

        @SuppressWarnings("unchecked") // The proxy has the interface of what it stands for.
        private static <K, V> Consumer<K, V> interrupted(Consumer<K, V> consumer) {
            return (Consumer<K, V>)
                    Proxy.newProxyInstance(
                            Interruptions.class.getClassLoader(),
                            new Class<?>[] {Consumer.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().startsWith("commit")
                                        && NEXT.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                                    interrupt(arguments);
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
