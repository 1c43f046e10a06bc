package io.eventpipeline.consumer.webhook;

import static io.eventpipeline.consumer.webhook.Hook.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.RunningService;
import io.eventpipeline.consumer.TopicReader;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.json.EventJson;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * An event that the target fails on waits in a retry topic and nobody waits for it: not its
 * partition, although only a handful of records may be in hand, and not the later events of its
 * key. On a real broker and with a web service in this JVM.
 */
class RetryTopicsIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOPICS = "--pipeline.consumer.webhook.retries.mode=topics";
    private static final String DELAYS = "--pipeline.consumer.webhook.retries.delays=";

    private final Hook hook = new Hook("retries");

    @AfterEach
    void close() {
        hook.close();
    }

    @Test
    void anEventThatFailsEndsInItsDeadLetterTopicWithItsAttemptsAndStopsNobody() {
        ConcurrentLinkedQueue<Long> calls = new ConcurrentLinkedQueue<>();
        hook.answers(call -> {
            if (!call.header("ce-id").equals("fails")) {
                return 204;
            }
            calls.add(System.nanoTime());
            return 500;
        });
        try (RunningService service =
                hook.start(
                        TOPICS,
                        DELAYS + "200ms,400ms",
                        "--pipeline.consumer.webhook.max-attempts=4",
                        "--pipeline.consumer.webhook.max-pending=5")) {
            hook.sender().send(hook.orders(), 0, "fails", order(0, "alice"));
            for (int i = 1; i <= 50; i++) {
                hook.sender()
                        .send(
                                hook.orders(),
                                0,
                                "good-" + i,
                                order(i, i % 2 == 0 ? "alice" : "bob"));
            }

            await().atMost(PATIENCE).until(() -> delivered("good-") == 50);
            await().atMost(PATIENCE).until(() -> letters().size() == 1);
            assertThat(List.copyOf(calls)).hasSize(4);
            assertThat(pauses(List.copyOf(calls)))
                    .satisfiesExactly(
                            first -> assertThat(first).isGreaterThanOrEqualTo(200),
                            second -> assertThat(second).isGreaterThanOrEqualTo(400),
                            // The last topic takes it until there are no attempts left.
                            third -> assertThat(third).isGreaterThanOrEqualTo(400));

            ConsumerRecord<byte[], byte[]> letter = letters().getFirst();
            assertThat(letter.partition()).isZero();
            assertThat(letter.value()).isEqualTo(EventJson.write(order(0, "alice")));
            assertThat(text(letter, "kafka_dlt-original-topic")).isEqualTo(hook.orders());
            assertThat(number(letter, "kafka_dlt-original-offset")).isZero();
            assertThat(number(letter, "retry_topic-attempts")).isEqualTo(4);
            assertThat(letter.headers().headers("kafka_original-topic")).isEmpty();
            assertThat(letter.headers().headers("ce_id")).hasSize(1);
            assertThat(read("-retry-0")).hasSize(1);
            assertThat(read("-retry-1")).hasSize(2);
            assertThat(number(read("-retry-1").getLast(), "retry_topic-attempts")).isEqualTo(4);
            assertShown(service);
        }
    }

    @Test
    void anEventIsDeliveredFromItsRetryTopicAsItWas() {
        Map<String, Integer> attempts = new ConcurrentHashMap<>();
        hook.answers(
                call -> attempts.merge(call.header("webhook-id"), 1, Integer::sum) < 3 ? 500 : 204);
        try (RunningService _ = hook.start(TOPICS, DELAYS + "10ms,10ms,10ms")) {
            // Without identity it is known by its position, in its own topic.
            long offset =
                    hook.sender()
                            .sendBytes(
                                    hook.orders(), 3, "carol", EventJson.write(order(1, "carol")))
                            .offset();
            String id = hook.orders() + "/3/" + offset;

            await().atMost(PATIENCE).until(() -> attempts.getOrDefault(id, 0) == 3);
            assertThat(hook.target().calls())
                    .filteredOn(call -> call.header("webhook-id").equals(id))
                    .hasSize(3)
                    .allSatisfy(call ->
                            assertThat(call.body()).isEqualTo(EventJson.write(order(1, "carol"))));
        }
    }

    @Test
    void aKeyThatTheTargetIsSlowWithStopsNobody() {
        CountDownLatch over = new CountDownLatch(1);
        hook.answers(call -> {
            if (call.header("ce-subject").equals("slow")) {
                awaitUninterruptibly(over);
            }
            return 204;
        });
        try (RunningService _ =
                hook.start(
                        TOPICS,
                        DELAYS + "10m",
                        "--pipeline.consumer.webhook.timeout=1s",
                        "--pipeline.consumer.webhook.max-pending=20")) {
            for (int i = 0; i < 400; i++) {
                hook.sender()
                        .send(
                                hook.orders(),
                                5,
                                "s-" + i,
                                order(i, i % 2 == 0 ? "slow" : "customer-" + i % 20));
            }

            // One by one the slow ones alone would take 200 s.
            await().atMost(Duration.ofSeconds(100)).until(() -> delivered("s-") == 200);
            assertThat(hook.target().count(call -> call.header("ce-subject").equals("slow")))
                    .isLessThan(20);
            over.countDown();
        }
    }

    private long delivered(String prefix) {
        return hook.delivered().stream().filter(id -> id.startsWith(prefix)).count();
    }

    private void assertShown(RunningService service) {
        JsonNode listener = service.json("/listeners/webhook-retry-1");
        assertThat(listener.path("state").stringValue()).isEqualTo("running");
        assertThat(listener.path("topics").values())
                .extracting(JsonNode::stringValue)
                .containsExactly(hook.orders() + "-retry-1");
        assertThat(service.get("/actuator/prometheus").body())
                .contains("pipeline_consumer_webhook_retries_total{listener=\"webhook-retry-0\"} 1")
                .contains("pipeline_consumer_webhook_pending{listener=\"webhook-retry-1\"}");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(service.json("/actuator/lag").path("partitions").values())
                                .filteredOn(partition ->
                                        partition
                                                        .path("group")
                                                        .stringValue()
                                                        .equals("webhook-retry-1")
                                                && partition.path("partition").intValue() == 0)
                                .singleElement()
                                .satisfies(partition -> {
                                    assertThat(partition.path("committedOffset").intValue())
                                            .isEqualTo(2);
                                    assertThat(partition.path("lag").intValue()).isZero();
                                    assertThat(partition.path("owner").stringValue())
                                            .contains("webhook-retry-1");
                                }));
    }

    /**
     * Those of the webhook; the tables make some of their own, because the tests' orders share ids.
     */
    private List<ConsumerRecord<byte[], byte[]>> letters() {
        return read("-dlt").stream()
                .filter(letter ->
                        text(letter, "kafka_dlt-original-consumer-group").contains("webhook"))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String suffix) {
        return TopicReader.read(SharedCluster.kafka().bootstrapServers(), hook.orders() + suffix)
                .stream()
                .filter(record -> record.partition() == 0)
                .toList();
    }

    private static List<Long> pauses(List<Long> nanoTimes) {
        return IntStream.range(1, nanoTimes.size())
                .mapToObj(i -> (nanoTimes.get(i) - nanoTimes.get(i - 1)) / 1_000_000)
                .toList();
    }

    private static String text(ConsumerRecord<?, ?> found, String name) {
        Header header = found.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static long number(ConsumerRecord<?, ?> found, String name) {
        Header header = found.headers().lastHeader(name);
        return header == null ? -1 : new BigInteger(header.value()).longValue();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
