package io.eventpipeline.consumer.delivery;

import io.eventpipeline.consumer.delivery.OffsetResolver.Resolution;
import io.eventpipeline.consumer.delivery.OffsetResolver.Resolution.Resume;
import io.eventpipeline.consumer.delivery.OffsetResolver.Resolution.Stop;
import io.eventpipeline.consumer.delivery.OwnedPartition.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of a group, from its first partition to its last. It seeks each assigned partition
 * to its stored offset, delivers what is polled, and keeps in mind for each partition the stored
 * offset that it last read or stored; only this may a move of the offset start from.
 *
 * <p>Whatever fails, it gives up the batch in hand, pauses its partitions, and begins again from
 * the stored offsets after a pause, so nothing depends on what it believed before. The consumer
 * goes on polling meanwhile and keeps its membership.
 *
 * <p>Confined to the thread of its consumer, but for {@link #status()} and {@link #expectMove()}.
 */
final class GroupMember {

    private static final Logger log = LoggerFactory.getLogger(GroupMember.class);

    private final String group;
    private final String name;
    private final GroupRules rules;
    private final CommitMode mode;
    private final Slices slices;
    private final Consumer<byte[], byte[]> consumer;
    private final MemberContext context;
    private final BooleanSupplier pausedByOperator;
    private final Suspension suspension;
    private final Deadline alarmRecheck;
    private final Deadline catchUp;
    private final OwnedPartitions owned = new OwnedPartitions();
    private final KafkaCommits commits;
    private final TopicWatch topics;
    private final MoveWatch moves;
    private volatile MemberStatus status = new MemberStatus(0, null, Map.of());

    /**
     * Creates the member of a consumer.
     *
     * @param name the consumer's client id, stored as the owner of what it writes
     * @param rules how the group keeps where it stands
     * @param pausedByOperator whether the group was told to pause; then nothing is resumed
     */
    GroupMember(
            String group,
            String name,
            GroupRules rules,
            Consumer<byte[], byte[]> consumer,
            MemberContext context,
            BooleanSupplier pausedByOperator) {
        this.group = group;
        this.name = name;
        this.rules = rules;
        this.mode = rules.commits();
        this.slices = new Slices(consumer, owned, context, rules.mayBeReset());
        this.consumer = consumer;
        this.context = context;
        this.pausedByOperator = pausedByOperator;
        RetryProperties retry = context.retry();
        suspension = new Suspension(retry, context.clock());
        alarmRecheck = new Deadline(retry.alarmRecheck(), context.clock());
        commits = new KafkaCommits(group, mode, consumer, owned, context);
        moves = new MoveWatch(group, owned, context);
        topics = new TopicWatch(owned, context);
        catchUp = new Deadline(retry.initialPause(), context.clock());
    }

    String group() {
        return group;
    }

    /** How it does; may be called by any thread. */
    MemberStatus status() {
        return status;
    }

    /** Stored offsets were moved by an operator: looks at them soon. By any thread. */
    void expectMove() {
        moves.expect();
    }

    void assigned(Collection<TopicPartition> partitions) {
        owned.add(partitions);
        if (mode.storesOffsets()) {
            // Any position will do: without one the consumer would ask Kafka for the group's.
            partitions.forEach(partition -> consumer.seek(partition, 0));
        }
        consumer.pause(partitions);
        context.metrics().rebalanced(group, "assigned", partitions.size());
        log.info("{} was assigned {}", name, sorted(partitions));
        resolve();
        publishStatus();
    }

    /** Does nothing for partitions that are not owned any more. */
    void revoked(Collection<TopicPartition> partitions) {
        List<TopicPartition> mine = owned.amongst(partitions);
        if (mine.isEmpty()) {
            return;
        }
        commits.now(mine);
        owned.remove(mine);
        context.metrics().rebalanced(group, "revoked", mine.size());
        log.info("{} gave back {}", name, sorted(mine));
        publishStatus();
    }

    /** The group has given them to others already: nothing may be committed. */
    void lost(Collection<TopicPartition> partitions) {
        owned.remove(partitions);
        context.metrics().rebalanced(group, "lost", partitions.size());
        log.warn("{} lost {}", name, sorted(partitions));
        publishStatus();
    }

    void received(ConsumerRecords<byte[], byte[]> records) {
        Set<TopicPartition> advanced = new HashSet<>(records.nextOffsets().keySet());
        advanced.addAll(records.partitions());
        List<Slice> batch = new ArrayList<>();
        for (TopicPartition partition : advanced) {
            slices.polled(partition, records)
                    .ifPresentOrElse(batch::add, () -> giveUp(List.of(partition)));
        }
        deliverInTurn(batch);
        maintain();
    }

    /** Called when nothing was polled for a while, and after each batch. */
    void maintain() {
        if (alarmRecheck.isDue()) {
            owned.in(State.STOPPED).forEach(OwnedPartition::unresolved);
        }
        followMoves();
        resolve();
        resumeReady();
        giveUp(topics.findRemade());
        if (catchUp.isDue()) {
            passControlRecords();
            commits.repeat();
        }
        publishStatus();
    }

    /** A poll failed because the log does not have these positions any more. */
    void outOfRange(Set<TopicPartition> partitions) {
        giveUp(partitions);
        resolve();
        publishStatus();
    }

    /** Something failed that nobody foresaw. */
    void failed(Throwable cause) {
        log.error("{} gives up the batch in hand", name, cause);
        suspend("an unexpected failure: " + Reasons.of(cause));
    }

    /** As one, or each record for itself where each is committed. */
    private void deliverInTurn(List<Slice> batch) {
        if (mode != CommitMode.SYNC_RECORD) {
            deliver(batch);
            return;
        }
        for (Slice slice : batch) {
            for (Slice single : slice.singly()) {
                if (!deliver(List.of(single))) {
                    return;
                }
            }
        }
    }

    /**
     * Delivers.
     *
     * @return whether the member can go on with what it has in hand
     */
    private boolean deliver(List<Slice> batch) {
        if (batch.isEmpty()) {
            return true;
        }
        DeliveryResult result;
        try {
            result = context.delivery().deliver(group, name, batch, rules);
        } catch (CommitOutcomeUnknownException e) {
            context.metrics().outcomeUnknown(group);
            suspend("a commit was not answered: " + Reasons.of(e));
            return false;
        } catch (RuntimeException e) {
            suspend(Reasons.of(e));
            return false;
        }
        suspension.succeeded();
        context.metrics().delivered(group, result);
        for (Slice slice : result.written()) {
            owned.find(slice.partition()).ifPresent(mine -> mine.moved(slice.next()));
        }
        if (!result.refused().isEmpty()) {
            List<TopicPartition> refused = result.refused().stream().map(Slice::partition).toList();
            log.warn("{} was refused: another member wrote {}", name, sorted(refused));
            giveUp(refused);
        }
        commits.processed(result.written().stream().map(Slice::partition).toList());
        return true;
    }

    /** Drops what was polled of some partitions: they are sought anew. */
    private void giveUp(Collection<TopicPartition> partitions) {
        List<TopicPartition> mine = owned.amongst(partitions);
        for (TopicPartition partition : mine) {
            owned.find(partition).filter(OwnedPartition::isReady).ifPresent(this::giveUp);
        }
        consumer.pause(mine);
    }

    private void giveUp(OwnedPartition mine) {
        if (!mode.storesOffsets()) {
            // The client would commit its position, which is behind what was not processed.
            consumer.seek(mine.partition(), mine.next());
        }
        mine.unresolved();
    }

    private void suspend(String reason) {
        if (suspension.begin(reason)) {
            log.warn("{} pauses and keeps its place: {}", name, reason);
            context.metrics().suspended(group);
        }
        giveUp(owned.all());
        publishStatus();
    }

    /** Seeks the partitions whose stored offset is not known, unless it is too early to ask. */
    private void resolve() {
        Set<TopicPartition> unresolved = OwnedPartitions.names(owned.in(State.UNRESOLVED));
        if (!unresolved.isEmpty()) {
            if (!suspension.allowsAttempt()) {
                return;
            }
            if (!context.database().isAvailable()) {
                suspend(context.database().reason().orElse("PostgreSQL is away"));
                return;
            }
            try {
                resolutions(unresolved).forEach(this::apply);
            } catch (RuntimeException e) {
                suspend(Reasons.of(e));
                return;
            }
        }
        if (suspension.end()) {
            log.info("{} reads on", name);
        }
    }

    /** Gives up partitions whose stored offset was moved by somebody else: it is sought anew. */
    private void followMoves() {
        if (!mode.storesOffsets()) {
            return;
        }
        try {
            Set<TopicPartition> moved = moves.findMoved();
            if (!moved.isEmpty()) {
                log.info("{} follows a move of {}", name, sorted(moved));
                giveUp(moved);
            }
        } catch (RuntimeException e) {
            suspend(Reasons.of(e));
        }
    }

    /** A pause that began and ended while partitions were resolved leaves none of them behind. */
    private void resumeReady() {
        if (!pausedByOperator.getAsBoolean()) {
            Set<TopicPartition> ready = OwnedPartitions.names(owned.in(State.READY));
            ready.retainAll(consumer.paused());
            consumer.resume(ready);
        }
    }

    private Map<TopicPartition, Resolution> resolutions(Set<TopicPartition> unresolved) {
        return mode.storesOffsets()
                ? context.resolver().resolve(group, unresolved, name)
                : context.resolver()
                        .resolve(
                                unresolved,
                                consumer.committed(
                                        unresolved, context.retry().kafkaCommitTimeout()));
    }

    private void apply(TopicPartition partition, Resolution resolution) {
        OwnedPartition mine = owned.find(partition).orElseThrow();
        switch (resolution) {
            case Resume resume -> {
                consumer.seek(partition, resume.offset());
                mine.ready(resume.topicId(), resume.offset());
                if (!pausedByOperator.getAsBoolean()) {
                    consumer.resume(Set.of(partition));
                }
            }
            case Stop stop -> {
                mine.stopped(stop.reason());
                if (!stop.reason().equals(status.stopped().get(partition))) {
                    log.error(
                            "{} stops {} until an operator decides: {}",
                            name,
                            partition,
                            stop.reason());
                }
            }
        }
    }

    /** Everything polled is delivered when this runs, so the position is where the group stands. */
    private void passControlRecords() {
        List<TopicPartition> skipped = new ArrayList<>();
        List<Slice> passed = slices.passed(skipped);
        giveUp(skipped);
        deliver(passed);
    }

    private void publishStatus() {
        status =
                new MemberStatus(
                        owned.all().size(), suspension.reason().orElse(null), owned.stopped());
    }

    private static List<String> sorted(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).sorted().toList();
    }
}
