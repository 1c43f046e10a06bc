package io.eventpipeline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptCounterTests {

    private static final String ANSWER =
            "{\"offsets\":[{\"partition\":2,\"offset\":123},{\"partition\":0,\"offset\":7}]}";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void countsReceiptsHoweverTheAnswerIsCut(int piece) {
        ReceiptCounter counter = new ReceiptCounter("\"offset\":");

        feed(counter, ANSWER, piece);

        assertThat(counter.count()).isEqualTo(2);
    }

    @Test
    void findsATextThatBeginsInsideItsOwnBeginning() {
        ReceiptCounter counter = new ReceiptCounter("aab");

        feed(counter, "aaabaab", 1);

        assertThat(counter.count()).isEqualTo(2);
    }

    @Test
    void countsLinesAndLooksIntoTheLastOfEachBlock() {
        List<Long> blocks = new ArrayList<>();
        ReceiptLines lines = new ReceiptLines("\"offset\":", 2, blocks::add);

        feed(lines, "{\"offset\":1}\n{\"offset\":2}\n{\"offset\":3}\n", 5);

        assertThat(lines.lines()).isEqualTo(3);
        assertThat(lines.refused()).isZero();
        assertThat(blocks).containsExactly(2L);
    }

    @Test
    void keepsTheFirstLineThatIsNoReceipt() {
        ReceiptLines lines = new ReceiptLines("\"offset\":", 2, _ -> {});

        feed(lines, "{\"offset\":1}\n{\"status\":503}\n{\"offset\":3}\n{\"status\":504}\n", 5);

        assertThat(lines.refused()).isEqualTo(2);
        assertThat(lines.firstRefused()).isEqualTo("{\"status\":503}");
    }

    private static void feed(BodyReader reader, String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += piece) {
            reader.read(bytes, from, Math.min(bytes.length, from + piece));
        }
    }
}
