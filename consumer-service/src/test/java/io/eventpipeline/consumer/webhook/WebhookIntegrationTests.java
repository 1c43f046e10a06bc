package io.eventpipeline.consumer.webhook;

import static io.eventpipeline.consumer.webhook.Hook.id;
import static io.eventpipeline.consumer.webhook.Hook.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.RunningService;
import io.eventpipeline.consumer.Sender;
import io.eventpipeline.consumer.TestEvents;
import io.eventpipeline.consumer.TopicReader;
import io.eventpipeline.consumer.webhook.HttpTarget.Call;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.json.EventJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.KafkaHeaders;

/** The webhook against a real broker and a web service in this JVM. */
class WebhookIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SECRET =
            "whsec_"
                    + Base64.getEncoder()
                            .encodeToString("a secret of 32 bytes, not a word".getBytes(UTF_8));

    private final Hook hook = new Hook("hook");
    private final String orders = hook.orders();
    private final HttpTarget target = hook.target();
    private final Sender sender = hook.sender();

    @AfterEach
    void close() {
        hook.close();
    }

    @Test
    void sendsSignedCloudEvents() {
        try (RunningService _ = start("--pipeline.consumer.webhook.secret=" + SECRET)) {
            OrderPlaced order = TestEvents.order("signed", TestEvents.ALICE);
            sender.send(orders, "an id with ü", order);

            await().atMost(PATIENCE).until(() -> !target.calls().isEmpty());
            Call call = target.calls().getFirst();

            assertThat(EventJson.read(call.body(), OrderPlaced.class)).isEqualTo(order);
            assertThat(call.header("content-type")).isEqualTo("application/json");
            assertThat(call.header("ce-specversion")).isEqualTo("1.0");
            assertThat(call.header("ce-id")).isEqualTo("an%20id%20with%20%C3%BC");
            assertThat(call.header("ce-subject")).isEqualTo("alice");
            assertThat(call.header("webhook-id")).isEqualTo(call.header("ce-id"));
            Instant time = Instant.ofEpochSecond(Long.parseLong(call.header("webhook-timestamp")));
            assertThat(call.header("webhook-signature"))
                    .isEqualTo(
                            new WebhookSignature(SECRET)
                                    .sign(call.header("webhook-id"), time, call.body()));
        }
    }

    @Test
    void keepsTheOrderOfEachKeyWhileTheTargetStumbles() {
        AtomicInteger calls = new AtomicInteger();
        hook.answers(_ -> calls.incrementAndGet() % 5 == 0 ? 500 : 204);
        try (RunningService _ = start()) {
            for (int i = 0; i < 300; i++) {
                sender.send(orders, 0, "e-" + i, order(i, "customer-" + i % 20));
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(hook.delivered()).hasSize(300));
            Map<String, Integer> last = new HashMap<>();
            for (Call call : target.calls()) {
                OrderPlaced order = EventJson.read(call.body(), OrderPlaced.class);
                int number = Integer.parseInt(order.orderId().value());
                // A repeat of the newest is what a stumble causes; an older one would be disorder.
                assertThat(last.getOrDefault(order.key(), -1)).isLessThanOrEqualTo(number);
                last.put(order.key(), number);
            }
        }
    }

    @Test
    void whatTheTargetRefusesIsADeadLetterAndHoldsUpNobody() {
        hook.answers(call -> call.header("ce-id").equals("refused") ? 422 : 204);
        try (RunningService _ = start()) {
            sender.send(orders, "refused", order(1, "alice"));
            sender.send(orders, "good", order(2, "alice"));

            await().atMost(PATIENCE).until(() -> target.count(id("good")) == 1);
            await().atMost(PATIENCE).until(() -> letters("refused") == 1);
            assertThat(target.count(id("refused"))).isEqualTo(1);
        }
    }

    @Test
    void failureThatLastsIsADeadLetterAfterItsAttempts() {
        hook.answers(call -> call.header("ce-id").equals("failing") ? 500 : 204);
        try (RunningService _ = start("--pipeline.consumer.webhook.max-attempts=3")) {
            sender.send(orders, "failing", order(1, "alice"));

            await().atMost(PATIENCE).until(() -> letters("failing") == 1);
            assertThat(target.count(id("failing"))).isEqualTo(3);
        }
    }

    @Test
    void targetThatIsAwayCostsNoDeadLettersAndHealthSaysWhy() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        hook.answers(_ -> away.get() ? 503 : 204);
        try (RunningService service =
                start(
                        "--pipeline.consumer.webhook.max-attempts=1",
                        "--management.endpoint.health.show-components=always",
                        "--management.endpoint.health.show-details=always")) {
            for (int i = 0; i < 50; i++) {
                sender.send(orders, "waits-" + i, order(i, "customer-" + i));
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(service.get("/actuator/health").body())
                                    .contains("The target answered 503"));
            away.set(false);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(hook.delivered()).hasSize(50));
            assertThat(letters("waits-")).isZero();
        }
    }

    @Test
    void goesOnAfterARestartWhereWorkWasDone() {
        try (RunningService _ = start()) {
            sender.send(orders, "before", order(1, "alice"));
            await().atMost(PATIENCE).until(() -> target.count(id("before")) == 1);
        }
        sender.send(orders, "between", order(2, "alice"));
        try (RunningService _ = start()) {
            sender.send(orders, "after", order(3, "alice"));

            await().atMost(PATIENCE).until(() -> target.count(id("after")) == 1);
            assertThat(target.count(id("before"))).isEqualTo(1);
            assertThat(target.count(id("between"))).isEqualTo(1);
        }
    }

    private RunningService start(String... more) {
        return hook.start(more);
    }

    /**
     * How many dead letters the webhook made of events whose ids begin so. The tables make some of
     * their own: the tests' orders share ids.
     */
    private long letters(String id) {
        return TopicReader.read(SharedCluster.kafka().bootstrapServers(), orders + "-dlt").stream()
                .map(ConsumerRecord::headers)
                .filter(headers ->
                        text(headers, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP).equals("webhook"))
                .filter(headers -> text(headers, "ce_id").startsWith(id))
                .count();
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
