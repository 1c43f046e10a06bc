package io.eventpipeline.standalone.checking;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.standalone.checking.Finding.Kind;
import io.eventpipeline.standalone.sending.NumberedRecord;
import io.eventpipeline.standalone.sending.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The check is green for what is right and red for each thing that can be wrong: else it is no
 * check.
 */
class TopicCheckTests {

    private static final RunId RUN = new RunId("mi8x2k1a-7f3x");

    private final List<Finding> findings = new ArrayList<>();
    private long offset;

    @Test
    void completeRunPasses() {
        RunCheck check = check(null, 0, "0", "1", "2", "3", "4", "5");

        assertThat(check.isPassed()).isTrue();
        assertThat(check.numbers()).isEqualTo(6);
        assertThat(findings).isEmpty();
    }

    @Test
    void missingNumbersAreAGap() {
        RunCheck check = check(null, 0, "0", "1", "5", "7");

        assertThat(check.isPassed()).isFalse();
        assertThat(findings)
                .containsExactly(Finding.missing(RUN, 2, 4), Finding.missing(RUN, 6, 6));
        assertThat(check.found(Kind.GAP)).isEqualTo(4);
    }

    @Test
    void missingEndIsAGapIfTheCountIsKnown() {
        assertThat(check(null, 4, "0", "1").isPassed()).isFalse();

        assertThat(findings).containsExactly(Finding.missing(RUN, 2, 3));
    }

    @Test
    void numberThatIsThereAgainAsAnotherEventIsADouble() {
        RunCheck check = check(null, 0, "0", "1", "1/other");

        assertThat(check.isPassed()).isFalse();
        assertThat(kinds()).containsExactly(Kind.DOUBLE);
    }

    @Test
    void secondCopyOfAForeignEventIsADoubleToo() {
        assertThat(check(null, 0, "0", "1/other", "1").isPassed()).isFalse();

        assertThat(kinds()).containsExactly(Kind.DOUBLE);
    }

    @Test
    void numberThatIsThereAgainAsTheSameEventIsARepeatThatReadersDrop() {
        RunCheck check = check(null, 0, "0", "1", "2", "1");

        assertThat(check.isPassed()).isTrue();
        assertThat(kinds()).containsExactly(Kind.REPEAT);
    }

    @Test
    void lowerNumberBehindAHigherOneOfItsKeyIsDisorder() {
        RunCheck check = check(null, 0, "0", "2", "1", "3");

        assertThat(check.isPassed()).isFalse();
        assertThat(kinds()).containsExactly(Kind.DISORDER);
        assertThat(findings.getFirst().from()).isEqualTo(1);
    }

    @Test
    void keysHaveNoOrderAmongEachOther() {
        TopicCheck check = new TopicCheck(null, null, 0, findings::add);
        take(check, 1, 0, "b", RUN.recordId(1), "");
        take(check, 0, 0, "a", RUN.recordId(0), "");
        take(check, 3, 0, null, RUN.recordId(3), "");
        take(check, 2, 0, null, RUN.recordId(2), "");

        assertThat(end(check).isPassed()).isTrue();
    }

    @Test
    void keyInTwoPartitionsHasMoved() {
        TopicCheck check = new TopicCheck(RUN, null, 0, findings::add);
        take(check, 0, 0, "a", RUN.recordId(0), "");
        take(check, 1, 1, "a", RUN.recordId(1), "");

        assertThat(end(check).isPassed()).isFalse();
        assertThat(kinds()).containsExactly(Kind.MOVED);
    }

    @Test
    void changedValueIsNamed() {
        TopicCheck check = new TopicCheck(RUN, null, 0, findings::add);
        take(check, 0, 0, "a", RUN.recordId(0), "surplus");

        assertThat(end(check).isPassed()).isFalse();
        assertThat(kinds()).containsExactly(Kind.ALTERED);
    }

    @Test
    void acknowledgedNumberThatIsNotThereIsLost() throws IOException {
        Receipts receipts = receipts(acknowledged(0, 0), acknowledged(1, 1), acknowledged(2, 2));

        assertThat(check(receipts, 0, "0", "1").isPassed()).isFalse();
        assertThat(findings).containsExactly(new Finding(Kind.LOST, RUN, 2, 2, null, 0, 2));
    }

    @Test
    void numberThatIsNotWhereItsReceiptSaysIsMisplaced() throws IOException {
        Receipts receipts = receipts(acknowledged(0, 0), acknowledged(1, 7));

        assertThat(check(receipts, 0, "0", "1").isPassed()).isFalse();
        assertThat(kinds()).containsExactly(Kind.MISPLACED);
    }

    @Test
    void receiptOfTheSecondCopyIsAsGood() throws IOException {
        Receipts receipts = receipts(acknowledged(0, 1));

        assertThat(check(receipts, 0, "0", "0").isPassed()).isTrue();
        assertThat(kinds()).containsExactly(Kind.REPEAT);
    }

    @Test
    void numberThatWasNotWrittenMustNotBeThere() throws IOException {
        Receipts receipts = receipts(acknowledged(0, 0), line("not_written", 1));

        assertThat(check(receipts, 0, "0").isPassed()).isTrue();
        assertThat(check(receipts, 0, "0", "1").isPassed()).isFalse();
        assertThat(kinds()).contains(Kind.WRITTEN_AFTER_ALL);
    }

    @Test
    void unknownNumberMayBeThereOrNotAndLate() throws IOException {
        Receipts receipts =
                receipts(
                        acknowledged(0, 0),
                        line("unknown", 1),
                        line("unknown", 2),
                        acknowledged(3, 1));

        assertThat(check(receipts, 0, "0", "3", "1").isPassed()).isTrue();
        assertThat(findings).isEmpty();
    }

    @Test
    void receiptWithoutAnOffsetHasNoPlace() throws IOException {
        assertThat(check(receipts(acknowledged(0, -1)), 0, "0").isPassed()).isTrue();
    }

    @Test
    void receiptsOfAKilledSenderMayEndInTheMiddle() throws IOException {
        Receipts receipts = receipts(acknowledged(0, 0), "{\"name\":\"acknowl");

        assertThat(check(receipts, 0, "0").isPassed()).isTrue();
    }

    @Test
    void somethingElseIsNotTakenForReceipts() {
        assertThatThrownBy(() -> Receipts.read(new BufferedReader(new StringReader("hello"))))
                .hasMessageContaining("verify-produce");
    }

    @Test
    void otherRecordsAreLeftAlone() {
        TopicCheck check = new TopicCheck(RUN, null, 0, findings::add);
        check.take(new StoredRecord(0, 0, null, null, null));

        assertThat(check.records()).isOne();
        assertThat(end(check).records()).isZero();
    }

    /** Takes numbers of one key; {@code /other} marks the event id of another request. */
    private RunCheck check(@Nullable Receipts receipts, int expected, String... numbers) {
        TopicCheck check = new TopicCheck(RUN, receipts, expected, findings::add);
        offset = 0;
        for (String number : numbers) {
            int value = Integer.parseInt(number.replace("/other", ""));
            String id = number.endsWith("/other") ? "01a1fa55" : RUN.recordId(value) + "/0";
            take(check, value, 0, "alice", id, "");
        }
        return end(check);
    }

    private void take(
            TopicCheck check,
            int number,
            int partition,
            @Nullable String key,
            String eventId,
            String surplus) {
        byte[] value = ("verify " + RUN + " " + number + " " + surplus).getBytes(US_ASCII);
        NumberedRecord content = NumberedRecord.parse(value).orElseThrow();
        check.take(new StoredRecord(partition, offset++, key, eventId, content));
    }

    private static RunCheck end(TopicCheck check) {
        return check.end().iterator().next();
    }

    private List<Kind> kinds() {
        return findings.stream().map(Finding::kind).toList();
    }

    private static Receipts receipts(String... lines) throws IOException {
        String start =
                "{\"name\":\"started\",\"run\":\"" + RUN + "\",\"topic\":\"ops.log.dev.line\"}\n";
        return Receipts.read(
                new BufferedReader(new StringReader(start + String.join("\n", lines))));
    }

    private static String acknowledged(int number, long offset) {
        return "{\"name\":\"acknowledged\",\"number\":%d,\"partition\":0,\"offset\":%d}"
                .formatted(number, offset);
    }

    private static String line(String name, int number) {
        return "{\"name\":\"%s\",\"number\":%d}".formatted(name, number);
    }
}
