package io.eventpipeline.consumer.deadletters.triage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Headers can be written by anybody: whatever they hold, the index takes the letter. */
class FailureHeadersTests {

    @Test
    void readsTheBinaryNumbersOfSpring() {
        ConsumerRecord<byte[], byte[]> letter =
                letter(
                        Map.of(
                                "kafka_dlt-original-topic", "orders",
                                "kafka_dlt-original-consumer-group", "billing",
                                "kafka_dlt-exception-fqcn", "java.lang.IllegalStateException",
                                "kafka_dlt-exception-message", "no rate"));
        letter.headers().add("kafka_dlt-original-partition", ByteBuffer.allocate(4).array());
        letter.headers()
                .add(
                        "kafka_dlt-original-offset",
                        ByteBuffer.allocate(8).putLong(5_000_000_000L).array());

        assertThat(FailureHeaders.read(letter))
                .isEqualTo(
                        new LetterFailure(
                                "spring/billing",
                                "orders",
                                0,
                                5_000_000_000L,
                                "java.lang.IllegalStateException",
                                "no rate"));
    }

    @Test
    void takesTheFailureThatWasAddedLast() {
        ConsumerRecord<byte[], byte[]> letter = letter(Map.of());
        letter.headers().add("__connect.errors.exception.message", "earlier".getBytes(UTF_8));
        letter.headers().add("__streams.errors.message", "later".getBytes(UTF_8));

        assertThat(FailureHeaders.read(letter).component()).isEqualTo("streams-service");
        assertThat(FailureHeaders.read(letter).message()).isEqualTo("later");
    }

    @Test
    void standsForItselfWhereTheHeadersMakeNoSense() {
        for (String topic : new String[] {"", "a\0b", "x".repeat(300), "two words"}) {
            assertThat(
                            FailureHeaders.read(
                                    letter(
                                            Map.of(
                                                    "__streams.errors.topic", topic,
                                                    "__streams.errors.partition", "1",
                                                    "__streams.errors.offset", "2"))))
                    .as(topic)
                    .extracting(LetterFailure::topic, LetterFailure::offset)
                    .containsExactly("orders", 7L);
        }
        assertThat(
                        FailureHeaders.read(
                                        letter(
                                                Map.of(
                                                        "__streams.errors.topic", "orders",
                                                        "__streams.errors.partition", "one",
                                                        "__streams.errors.offset", "2")))
                                .partition())
                .isEqualTo(3);
    }

    @Test
    void shortensWhatIsTooLongForAnIndexAndReplacesWhatADatabaseRefuses() {
        LetterFailure failure =
                FailureHeaders.read(
                        letter(
                                Map.of(
                                        "__streams.errors.exception",
                                        "E".repeat(5_000),
                                        "__streams.errors.message",
                                        "\0" + "🛒".repeat(600))));

        assertThat(failure.cause()).hasSize(200).endsWith("…");
        assertThat(failure.message())
                .hasSizeBetween(499, 500)
                .startsWith("\uFFFD🛒")
                .endsWith("🛒…");
    }

    @Test
    void countsAttemptsThatCannotBeReadAsNone() {
        assertThat(FailureHeaders.attempts(letter(Map.of()).headers())).isZero();
        for (String odd : new String[] {"", "many", "-1"}) {
            assertThat(
                            FailureHeaders.attempts(
                                    letter(Map.of(FailureHeaders.ATTEMPTS, odd)).headers()))
                    .isZero();
        }
        assertThat(FailureHeaders.attempts(letter(Map.of(FailureHeaders.ATTEMPTS, "3")).headers()))
                .isEqualTo(3);
    }

    private static ConsumerRecord<byte[], byte[]> letter(Map<String, String> headers) {
        ConsumerRecord<byte[], byte[]> letter =
                new ConsumerRecord<>("orders-dlt", 3, 7, new byte[0], new byte[0]);
        headers.forEach((name, value) -> letter.headers().add(name, value.getBytes(UTF_8)));
        return letter;
    }
}
