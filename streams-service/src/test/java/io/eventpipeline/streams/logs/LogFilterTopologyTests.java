package io.eventpipeline.streams.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.streams.PieceDriver;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("E1 log filter")
class LogFilterTopologyTests {

    @TempDir private Path stateDir;

    @Test
    void passesLinesThatAreLongerInTheirOrder() {
        assertThat(filtered(5, "12345", "123456", "", "seventh", "short"))
                .containsExactly("123456", "seventh");
    }

    @Test
    void countsCharactersAsAPersonDoes() {
        assertThat(filtered(2, "😀😀", "😀😀😀", "äöü")).containsExactly("😀😀😀", "äöü");
    }

    @Test
    void passesNoLineWithoutValueAndEveryCopy() {
        assertThat(filtered(0, null, "x", "x")).containsExactly("x", "x");
    }

    @Test
    void keepsKeyHeadersAndTime() {
        try (PieceDriver logs = start(5)) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("host", "web-1".getBytes(UTF_8));
            logs.sendRaw(PipelineTopic.LOG_LINE, "key", "a long line".getBytes(UTF_8), headers);

            TestRecord<String, byte[]> line =
                    logs.readRaw(PipelineTopic.LOG_LINE_FILTERED).getFirst();
            assertThat(line.key()).isEqualTo("key");
            assertThat(PieceDriver.header(line, "host")).isEqualTo("web-1");
            assertThat(line.getRecordTime()).isEqualTo(PieceDriver.START);
        }
    }

    private List<String> filtered(int longerThan, @Nullable String... lines) {
        try (PieceDriver logs = start(longerThan)) {
            for (@Nullable String line : lines) {
                logs.sendRaw(PipelineTopic.LOG_LINE, null, line);
            }
            return logs.readRaw(PipelineTopic.LOG_LINE_FILTERED).stream()
                    .map(line -> new String(line.value(), UTF_8))
                    .toList();
        }
    }

    private PieceDriver start(int longerThan) {
        return PieceDriver.of(
                stateDir,
                (topics, registry) ->
                        new LogFilterTopology(topics, new LogFilterProperties(longerThan)));
    }
}
