package io.eventpipeline.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.PipelineTopic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Operators who send back the same letters at the same time send each letter once. */
class ConcurrentRedriveIntegrationTests extends DeadLetterDesk {

    private static final int LETTERS = 60;
    private static final int OPERATORS = 4;

    @Override
    String environment() {
        return "redrive-at-once";
    }

    @Test
    void eachLetterGoesOnceWhenOperatorsSendTheSameOnesAtOnce() throws Exception {
        String payments = topic(PipelineTopic.PAYMENT_CAPTURED);
        for (int i = 0; i < LETTERS; i++) {
            sender.sendBytes(payments, i % 6, "customer-" + i, ("{bad-" + i).getBytes(UTF_8));
        }
        awaitOpen(payments, LETTERS);
        String all =
                samplesOf(payments).stream()
                        .map(sample -> sample.get("letter").toString())
                        .collect(Collectors.joining(",", "{\"letters\":[", "]}"));
        CountDownLatch begin = new CountDownLatch(1);
        int done = 0;
        try (ExecutorService operators = Executors.newFixedThreadPool(OPERATORS)) {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < OPERATORS; i++) {
                answers.add(
                        operators.submit(() -> {
                            begin.await();
                            return redrive(all);
                        }));
            }
            begin.countDown();
            for (Future<JsonNode> answer : answers) {
                done += answer.get().get("done").intValue();
            }
        }

        // Unmended they are letters again, so each value is there twice and no oftener.
        awaitOpen(payments, LETTERS);
        List<String> values =
                TopicReader.read(bootstrap, payments).stream()
                        .map(record -> new String(record.value(), UTF_8))
                        .toList();
        Set<String> distinct = new HashSet<>(values);
        assertThat(done).isEqualTo(LETTERS);
        assertThat(distinct).hasSize(LETTERS);
        assertThat(values).hasSize(2 * LETTERS);
    }
}
