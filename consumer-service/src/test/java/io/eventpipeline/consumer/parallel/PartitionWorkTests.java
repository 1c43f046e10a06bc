package io.eventpipeline.consumer.parallel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionWorkTests {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<Long, CountDownLatch> held = new ConcurrentHashMap<>();
    private final List<Long> begun = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> done = Collections.synchronizedList(new ArrayList<>());

    private final PartitionWork work =
            new PartitionWork(source -> {
                begun.add(source.offset());
                CountDownLatch latch = held.get(source.offset());
                if (latch != null) {
                    latch.await();
                }
                done.add(source.offset());
            });

    @Test
    void keepsTheOrderOfAKeyAndLetsOtherKeysPass() {
        hold(0);

        work.add(List.of(at(0, "alice"), at(1, "alice"), at(2, "bob")), 3);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).containsExactly(2L));
        assertThat(begun).doesNotContain(1L);
        assertThat(work.committable()).isZero();
        release(0);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.committable()).isEqualTo(3));
        assertThat(done).containsExactly(2L, 0L, 1L);
    }

    @Test
    void recordsWithoutKeyWaitForNoOther() {
        hold(0);

        work.add(List.of(at(0, null), at(1, null)), 2);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).containsExactly(1L));
        release(0);
    }

    @Test
    void commitsOnlyWhatIsDoneWithoutGaps() {
        hold(1);

        work.add(List.of(at(0, "alice"), at(1, "bob"), at(4, "carol")), 7);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).contains(0L, 4L));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.committable()).isEqualTo(1));
        assertThat(work.pending()).isEqualTo(2);
        release(1);
        // Behind the last record there is what readers never see.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(work.committable()).isEqualTo(7));
        assertThat(work.pending()).isZero();
    }

    @Test
    void passesWhatReadersNeverSee() {
        work.add(List.of(), 12);

        assertThat(work.committable()).isEqualTo(12);
    }

    @Test
    void closingLetsTheRunningEndAndDropsTheWaiting() throws Exception {
        hold(0);
        work.add(List.of(at(0, "alice"), at(1, "alice")), 2);
        await().atMost(PATIENCE).until(() -> begun.contains(0L));

        Thread closing = Thread.ofVirtual().start(() -> work.close(PATIENCE));
        await().atMost(PATIENCE).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        release(0);
        closing.join(PATIENCE);

        assertThat(done).containsExactly(0L);
        assertThat(work.committable()).isEqualTo(1);
    }

    @Test
    void closingInterruptsWhatTakesTooLongAndDoesNotCommitIt() {
        hold(0);
        work.add(List.of(at(0, "alice"), at(1, "bob")), 2);
        await().atMost(PATIENCE).until(() -> done.contains(1L));

        boolean ended = work.close(Duration.ofMillis(1));

        assertThat(ended).isFalse();
        assertThat(work.committable()).isZero();
        work.add(List.of(at(2, "carol")), 3);
        assertThat(begun).doesNotContain(2L);
        assertThat(work.committable()).isZero();
    }

    @Test
    void whatIsNotDueHoldsUpNobodyAndIsLeftToTheNextOwner() {
        PartitionWork waiting =
                new PartitionWork(
                        new RecordTask() {
                            @Override
                            public void process(ConsumerRecord<byte[], byte[]> source) {
                                done.add(source.offset());
                            }

                            @Override
                            public Duration dueIn(ConsumerRecord<byte[], byte[]> source) {
                                return source.offset() == 0 ? Duration.ofDays(1) : Duration.ZERO;
                            }
                        });
        waiting.add(List.of(at(0, "alice"), at(1, "alice"), at(2, "bob")), 3);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).containsExactly(2L));

        assertThat(waiting.close(PATIENCE)).isTrue();
        assertThat(done).containsExactly(2L);
        assertThat(waiting.committable()).isZero();
    }

    @Test
    void taskThatThrowsIsTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        PartitionWork failing =
                new PartitionWork(_ -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("a bug");
                    }
                });

        failing.add(List.of(at(0, "alice")), 1);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(failing.committable()).isOne());
        assertThat(attempts).hasValue(2);
    }

    @Test
    void oneWorkerAKeyWhateverTheRace() {
        Map<String, Semaphore> busy = new ConcurrentHashMap<>();
        Map<String, Long> last = new ConcurrentHashMap<>();
        List<String> broken = Collections.synchronizedList(new ArrayList<>());
        PartitionWork racing =
                new PartitionWork(source -> {
                    String key = new String(source.key(), UTF_8);
                    Semaphore mine = busy.computeIfAbsent(key, _ -> new Semaphore(1));
                    Long before = last.put(key, source.offset());
                    if (!mine.tryAcquire() || (before != null && before > source.offset())) {
                        broken.add(key + "@" + source.offset());
                    }
                    mine.release();
                });

        for (int offset = 0; offset < 20_000; offset++) {
            racing.add(List.of(at(offset, "key-" + offset % 7)), offset + 1);
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(racing.committable()).isEqualTo(20_000));
        assertThat(broken).isEmpty();
    }

    private void hold(long offset) {
        held.put(offset, new CountDownLatch(1));
    }

    private void release(long offset) {
        Objects.requireNonNull(held.get(offset)).countDown();
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset, @Nullable String key) {
        return new ConsumerRecord<>(
                "any", 0, offset, key == null ? null : key.getBytes(UTF_8), new byte[0]);
    }
}
