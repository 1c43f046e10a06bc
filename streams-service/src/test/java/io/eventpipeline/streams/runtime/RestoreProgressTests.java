package io.eventpipeline.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.streams.runtime.RestoreProgress.Following;
import io.eventpipeline.streams.runtime.RestoreProgress.Restoring;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener.SuspendReason;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

/** What is told of a restore follows what Kafka Streams says of it. */
class RestoreProgressTests {

    private static final String STORE = "addresses";
    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 3);

    private final RestoreProgress progress = new RestoreProgress();

    @Test
    void countsWhatIsRestoredAndWhatIsLeft() {
        progress.onRestoreStart(CHANGELOG, STORE, 100, 1_100);
        assertThat(progress.restoring()).containsExactly(new Restoring(STORE, 3, 0, 1_000));

        progress.onBatchRestored(CHANGELOG, STORE, 599, 480);
        progress.onBatchRestored(CHANGELOG, STORE, 999, 400);
        assertThat(progress.of(STORE, 3)).contains(new Restoring(STORE, 3, 880, 100));
        assertThat(progress.of(STORE, 2)).isEmpty();
        assertThat(progress.of("others", 3)).isEmpty();

        progress.onRestoreEnd(CHANGELOG, STORE, 970);
        assertThat(progress.restoring()).isEmpty();
    }

    @Test
    void forgetsARestoreThatGoesToAnotherInstance() {
        progress.onRestoreStart(CHANGELOG, STORE, 0, 10);
        progress.onRestoreSuspended(CHANGELOG, STORE, 5);

        assertThat(progress.restoring()).isEmpty();
    }

    @Test
    void saysHowFarASecondCopyIsBehind() {
        progress.onUpdateStart(CHANGELOG, STORE, 0);
        assertThat(progress.following()).containsExactly(new Following(STORE, 3, -1));

        progress.onBatchLoaded(CHANGELOG, STORE, new TaskId(1, 3), 89, 80, 100);
        assertThat(progress.following()).containsExactly(new Following(STORE, 3, 10));

        progress.onUpdateSuspended(CHANGELOG, STORE, 100, 100, SuspendReason.PROMOTED);
        assertThat(progress.following()).isEmpty();
    }

    @Test
    void startsAnewWithTheClient() {
        progress.onRestoreStart(CHANGELOG, STORE, 0, 10);
        progress.onUpdateStart(CHANGELOG, STORE, 0);
        progress.forget();

        assertThat(progress.restoring()).isEmpty();
        assertThat(progress.following()).isEmpty();
    }
}
