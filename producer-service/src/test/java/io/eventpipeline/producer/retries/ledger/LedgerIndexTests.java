package io.eventpipeline.producer.retries.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.retries.ledger.LedgerLine.State;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of the log decides, and nothing else. */
class LedgerIndexTests {

    private static final Digest REQUEST = Digest.of("POST", "/orders", "key");
    private static final Digest LAMP = Digest.of("one lamp");
    private static final Digest CHAIR = Digest.of("one chair");
    private static final long NOON = 1_000_000;
    private static final long LEASE = 12_000;
    private static final Duration EXPIRY = Duration.ofHours(24);

    private final LedgerIndex index = new LedgerIndex(3, EXPIRY);
    private long place;

    private boolean claim(long number, Digest content, @Nullable Long after, long at) {
        return apply(
                REQUEST,
                new LedgerLine(
                        State.CLAIMED,
                        number,
                        after,
                        content.toString(),
                        "one",
                        "life",
                        at + LEASE,
                        false,
                        null),
                at);
    }

    private boolean end(State state, long number, @Nullable Digest content, long at) {
        StoredAnswer answer =
                state == State.DONE ? new StoredAnswer(200, Map.of(), "stored") : null;
        return apply(
                REQUEST,
                new LedgerLine(
                        state,
                        number,
                        null,
                        content == null ? null : content.toString(),
                        null,
                        null,
                        at + EXPIRY.toMillis(),
                        false,
                        answer),
                at);
    }

    private boolean apply(Digest request, LedgerLine line, long at) {
        // As if it had gone through the topic.
        LedgerLine read = LedgerLine.read(line.toBytes()).orElseThrow();
        return index.apply(request, read, place++, at);
    }

    private LedgerEntry entry(long now) {
        return index.find(REQUEST, now).orElseThrow();
    }

    @Test
    void theFirstOfTwoClaimsWins() {
        assertThat(claim(1, LAMP, null, NOON)).isTrue();
        assertThat(claim(2, LAMP, null, NOON)).isFalse();

        assertThat(entry(NOON).claim()).isEqualTo(1);
    }

    @Test
    void ofTwoThatTakeOverOnlyTheFirstDoes() {
        claim(1, LAMP, null, NOON);
        long dead = entry(NOON).place();

        assertThat(claim(2, LAMP, dead, NOON + LEASE)).isTrue();
        assertThat(claim(3, LAMP, dead, NOON + LEASE)).isFalse();
    }

    @Test
    void aClaimThatDidNotKnowTheAnswerLosesToIt() {
        claim(1, LAMP, null, NOON);
        long seen = entry(NOON).place();
        end(State.DONE, 1, LAMP, NOON);

        assertThat(claim(2, LAMP, seen, NOON)).isFalse();
        assertThat(entry(NOON).state()).isEqualTo(State.DONE);
    }

    @Test
    void anAnswerCountsAlthoughSomebodyTookOver() {
        claim(1, LAMP, null, NOON);
        claim(2, LAMP, entry(NOON).place(), NOON + LEASE);

        assertThat(end(State.DONE, 1, LAMP, NOON + LEASE)).isTrue();
    }

    @Test
    void onlyTheHolderReleases() {
        claim(1, LAMP, null, NOON);
        claim(2, LAMP, entry(NOON).place(), NOON + LEASE);

        assertThat(end(State.RELEASED, 1, null, NOON + LEASE)).isFalse();
        assertThat(entry(NOON + LEASE).state()).isEqualTo(State.CLAIMED);
    }

    @Test
    void afterAnUnknownOutcomeOnlyTheSameContentMayFollow() {
        claim(1, LAMP, null, NOON);
        end(State.RELEASED, 1, LAMP, NOON);

        assertThat(claim(2, CHAIR, null, NOON)).isFalse();
        assertThat(claim(3, LAMP, null, NOON)).isTrue();
    }

    @Test
    void afterNothingWasWrittenAnyContentMayFollow() {
        claim(1, LAMP, null, NOON);
        end(State.RELEASED, 1, null, NOON);

        assertThat(claim(2, CHAIR, null, NOON)).isTrue();
    }

    @Test
    void anAnswerIsForgottenWhenItExpires() {
        claim(1, LAMP, null, NOON);
        end(State.DONE, 1, LAMP, NOON);
        long expired = NOON + EXPIRY.toMillis();

        assertThat(index.find(REQUEST, expired - 1)).isPresent();
        assertThat(claim(2, CHAIR, null, expired - 1)).isFalse();
        assertThat(claim(3, CHAIR, null, expired)).isTrue();
    }

    @Test
    void forgetsTheOldestWhenThereIsNoMoreRoomAndCountsIt() {
        claim(1, LAMP, null, NOON);
        for (int i = 0; i < 3; i++) {
            LedgerLine other =
                    new LedgerLine(State.CLAIMED, i, null, null, "one", "life", NOON, false, null);
            apply(Digest.of("other", Integer.toString(i)), other, NOON);
        }

        assertThat(index.find(REQUEST, NOON)).isEmpty();
        assertThat(index.size()).isEqualTo(3);
        assertThat(index.dropped()).isEqualTo(1);
    }

    @Test
    void theAnswerOfATransactionMayBeReadBeforeItsClaim() {
        end(State.DONE, 1, LAMP, NOON);

        assertThat(claim(1, LAMP, null, NOON)).isFalse();
        assertThat(entry(NOON).state()).isEqualTo(State.DONE);
    }
}
