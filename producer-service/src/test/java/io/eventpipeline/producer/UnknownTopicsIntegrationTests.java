package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.placedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Calls to topics that nobody knows hold up nobody else, however long the cluster takes to say that
 * it does not know them: here it never says. On the shared broker.
 */
class UnknownTopicsIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration NOTHING_SENT = Duration.ofSeconds(5);
    private static final int CALLERS = 8;
    private static final int GOOD_CALLS = 100;
    private static final String SILENT = "silent.";
    private static final String LINES = "/topics/ops.log.unknown.line/records";

    @Test
    void holdUpNoCallToAnotherTopic() {
        try (Service service =
                Service.on(
                        SilentAdmin.class,
                        SharedCluster.kafka().bootstrapServers(),
                        "pipeline.environment=unknown",
                        "pipeline.producer.topics.allowed=" + SILENT + "*")) {
            await().atMost(READY).until(service::isReady);
            assertThat(service.post("/orders", placedBy(ALICE, "before")).status()).isEqualTo(200);
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger waiting = new AtomicInteger();
            List<CompletableFuture<List<Answer>>> callers =
                    IntStream.range(0, CALLERS)
                            .mapToObj(caller ->
                                    CompletableFuture.supplyAsync(
                                            () -> callUnknown(service, caller, done, waiting),
                                            Thread::startVirtualThread))
                            .toList();
            await().atMost(READY).until(() -> waiting.get() == CALLERS);

            List<Answer> good =
                    IntStream.range(0, GOOD_CALLS)
                            .mapToObj(i ->
                                    i % 2 == 0
                                            ? service.post("/orders", placedBy(ALICE, "o-" + i))
                                            : service.post(
                                                    LINES, "{\"records\":[{\"value\":\"x\"}]}"))
                            .toList();
            done.set(true);
            List<Answer> unknown =
                    callers.stream().map(CompletableFuture::join).flatMap(List::stream).toList();

            assertThat(good).extracting(Answer::status).containsOnly(200);
            // Those for unknown topics wait for the cluster as long as they may.
            Duration median = good.stream().map(Answer::took).sorted().toList().get(GOOD_CALLS / 2);
            assertThat(median).isLessThan(Duration.ofMillis(500));
            assertThat(unknown)
                    .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(503))
                    .allSatisfy(answer ->
                            assertThat(answer.took())
                                    .isBetween(Duration.ofSeconds(1), NOTHING_SENT));
        }
    }

    /** One call after the other, each for another topic, until the others are done. */
    private static List<Answer> callUnknown(
            Service service, int caller, AtomicBoolean done, AtomicInteger waiting) {
        List<Answer> answers = new ArrayList<>();
        waiting.incrementAndGet();
        do {
            answers.add(
                    service.post(
                            "/topics/" + SILENT + caller + "-" + answers.size() + "/records",
                            "{\"records\":[{\"value\":1}]}"));
        } while (!done.get());
        return answers;
    }

    /** Never says what there is to say of a topic whose name begins so. */
    @Configuration(proxyBeanMethods = false)
    static class SilentAdmin {

        @Bean
        static BeanPostProcessor silentAdmin() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof Admin admin ? silent(admin) : bean;
                }
            };
        }

        private static Object silent(Admin admin) {
            return Proxy.newProxyInstance(
                    SilentAdmin.class.getClassLoader(),
                    new Class<?>[] {Admin.class},
                    (proxy, method, arguments) ->
                            asksForSilent(method, arguments)
                                    ? new Silence()
                                    : invoke(method, admin, arguments));
        }

        private static boolean asksForSilent(Method method, @Nullable Object[] arguments) {
            return method.getName().equals("describeTopics")
                    && arguments[0] instanceof TopicCollection.TopicNameCollection names
                    && names.topicNames().stream().anyMatch(name -> name.startsWith(SILENT));
        }

        private static @Nullable Object invoke(
                Method method, Admin admin, @Nullable Object[] arguments) throws Throwable {
            try {
                return method.invoke(admin, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }

        private static final class Silence extends DescribeTopicsResult {

            Silence() {
                super(null, Map.of("silent", NEVER));
            }

            private static final KafkaFuture<TopicDescription> NEVER = new KafkaFutureImpl<>();
        }
    }
}
