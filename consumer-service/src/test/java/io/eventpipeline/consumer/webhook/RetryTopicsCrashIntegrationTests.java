package io.eventpipeline.consumer.webhook;

import static io.eventpipeline.consumer.webhook.Hook.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.consumer.LeftMembers;
import io.eventpipeline.consumer.RunningService;
import io.eventpipeline.consumer.ServiceProcess;
import io.eventpipeline.localcluster.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with retry topics is killed while calls are under way, events wait in retry topics and
 * others were not read yet: the target gets every event in the end.
 */
class RetryTopicsCrashIntegrationTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int EVENTS = 200;
    private static final int CALLS_BEFORE_THE_CRASH = 80;
    private static final String TOPICS = "--pipeline.consumer.webhook.retries.mode=topics";
    private static final String DELAYS = "--pipeline.consumer.webhook.retries.delays=300ms,1s";

    @Test
    void losesNoEventWhenItIsKilledInTheMiddle(@TempDir Path folder) throws Exception {
        String bootstrap = SharedCluster.kafka().bootstrapServers();
        Semaphore calls = new Semaphore(CALLS_BEFORE_THE_CRASH);
        AtomicBoolean killed = new AtomicBoolean();
        try (Hook hook = new Hook("retries-crash")) {
            hook.answers(call -> {
                calls.acquireUninterruptibly();
                // To a dead process nothing is answered.
                return killed.get() || isFailing(call.header("ce-id")) ? 500 : 204;
            });
            try (ServiceProcess process =
                    ServiceProcess.start(
                            folder.resolve("killed.log"),
                            bootstrap,
                            SharedCluster.newDatabase(),
                            hook.environment(),
                            hook.settings(
                                            TOPICS,
                                            DELAYS,
                                            "--pipeline.consumer.archive.enabled=false",
                                            "--pipeline.consumer.webhook.max-concurrent-calls=8")
                                    .toArray(String[]::new))) {
                for (int i = 0; i < EVENTS; i++) {
                    int number = i;
                    await().atMost(PATIENCE)
                            .pollDelay(Duration.ZERO)
                            .ignoreExceptions()
                            .until(() -> send(hook, number));
                }
                await().atMost(PATIENCE).until(() -> calls.hasQueuedThreads());
                killed.set(true);
                process.kill();
                assertThat(process.ends(PATIENCE)).isTrue();
            }
            assertThat(hook.delivered()).hasSizeBetween(1, EVENTS - 1);
            assertThat(hook.target().count(call -> isFailing(call.header("ce-id")))).isPositive();

            for (String listener : new String[] {"webhook", "webhook-retry-0", "webhook-retry-1"}) {
                LeftMembers.remove(bootstrap, listener);
            }
            hook.answers(_ -> 204);
            calls.release(EVENTS);
            try (RunningService _ = hook.start(TOPICS, DELAYS)) {
                await().atMost(PATIENCE).until(() -> hook.delivered().size() == EVENTS);
            }
        }
    }

    private static boolean send(Hook hook, int number) {
        return hook.sender()
                .send(hook.orders(), "e-" + number, order(number, "customer-" + number % 40))
                .hasOffset();
    }

    /** Whether the target fails on an event until the crash. */
    private static boolean isFailing(String id) {
        return Integer.parseInt(id.substring(2)) % 4 == 0;
    }
}
