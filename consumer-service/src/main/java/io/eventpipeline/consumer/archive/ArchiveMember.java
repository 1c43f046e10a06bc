package io.eventpipeline.consumer.archive;

import io.eventpipeline.consumer.archive.ArchiveResolver.Resolution;
import io.eventpipeline.consumer.archive.ArchiveResolver.Resolution.Resume;
import io.eventpipeline.consumer.archive.ArchiveResolver.Resolution.Stop;
import io.eventpipeline.consumer.archive.ArchivedPartition.State;
import io.eventpipeline.consumer.delivery.Deadline;
import io.eventpipeline.consumer.delivery.MemberStatus;
import io.eventpipeline.consumer.delivery.Reasons;
import io.eventpipeline.consumer.delivery.RetryProperties;
import io.eventpipeline.consumer.delivery.Suspension;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of the archive, from its first partition to its last. It seeks each assigned
 * partition to the end of its files, and writes what is polled into files that are not counted
 * until they are published. Whatever fails, it drops those, pauses, and begins again at the end of
 * the files, so nothing depends on what it believed before. The consumer goes on polling meanwhile
 * and keeps its membership.
 *
 * <p>Confined to the thread of its consumer, but for {@link #status()}.
 */
final class ArchiveMember {

    private static final Logger log = LoggerFactory.getLogger(ArchiveMember.class);

    private final String name;
    private final Consumer<byte[], byte[]> consumer;
    private final ArchiveContext context;
    private final BooleanSupplier pausedByOperator;
    private final Map<TopicPartition, ArchivedPartition> owned = new HashMap<>();
    private final ArchiveCommits commits;
    private final ArchiveWriter writer;
    private final Suspension suspension;
    private final Deadline alarmRecheck;
    private final Deadline topicCheck;
    private final Deadline tidying;
    private volatile MemberStatus status = new MemberStatus(0, null, Map.of());

    /**
     * Creates the member of a consumer.
     *
     * @param name the consumer's client id
     * @param pausedByOperator whether the group was told to pause; then nothing is resumed
     */
    ArchiveMember(
            String name,
            Consumer<byte[], byte[]> consumer,
            ArchiveContext context,
            BooleanSupplier pausedByOperator) {
        this.name = name;
        this.consumer = consumer;
        this.context = context;
        this.pausedByOperator = pausedByOperator;
        RetryProperties retry = context.retry();
        commits = new ArchiveCommits(consumer, context);
        writer = new ArchiveWriter(context);
        suspension = new Suspension(retry, context.clock());
        alarmRecheck = new Deadline(retry.alarmRecheck(), context.clock());
        topicCheck = new Deadline(retry.topicCheck(), context.clock());
        tidying = new Deadline(retry.initialPause(), context.clock());
    }

    /** How it does; may be called by any thread. */
    MemberStatus status() {
        return status;
    }

    void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            owned.put(partition, new ArchivedPartition(partition));
            // Any position will do: without one the consumer would ask Kafka for the group's.
            consumer.seek(partition, 0);
        });
        consumer.pause(partitions);
        context.metrics().rebalanced("assigned", partitions.size());
        log.info("{} was assigned {}", name, sorted(partitions));
        resolve();
        publishStatus();
    }

    /** Does nothing for partitions that are not owned any more. */
    void revoked(Collection<TopicPartition> partitions) {
        List<ArchivedPartition> mine = amongst(partitions);
        if (mine.isEmpty()) {
            return;
        }
        for (ArchivedPartition partition : mine) {
            try {
                writer.publish(partition, partition.next());
            } catch (IOException e) {
                log.warn("{} gives up its file of {}", name, partition.partition(), e);
            }
        }
        commits.commit(mine);
        forget(mine);
        context.metrics().rebalanced("revoked", mine.size());
        log.info("{} gave back {}", name, sorted(partitions));
        publishStatus();
    }

    /** The group has given them to others already: what is in hand is theirs to read. */
    void lost(Collection<TopicPartition> partitions) {
        forget(amongst(partitions));
        context.metrics().rebalanced("lost", partitions.size());
        log.warn("{} lost {}", name, sorted(partitions));
        publishStatus();
    }

    /** The consumer was closed. */
    void closed() {
        forget(List.copyOf(owned.values()));
    }

    void received(ConsumerRecords<byte[], byte[]> records) {
        Set<TopicPartition> advanced = new HashSet<>(records.nextOffsets().keySet());
        advanced.addAll(records.partitions());
        try {
            for (ArchivedPartition mine : amongst(advanced)) {
                OffsetAndMetadata next = records.nextOffsets().get(mine.partition());
                boolean written =
                        mine.isReady()
                                && writer.write(
                                        mine,
                                        records.records(mine.partition()),
                                        next == null ? 0 : next.offset());
                if (!written) {
                    giveUp(List.of(mine));
                }
            }
        } catch (IOException e) {
            suspend(Reasons.of(e));
        }
        maintain();
    }

    /** Called when nothing was polled for a while, and after each batch. */
    void maintain() {
        if (alarmRecheck.isDue()) {
            in(State.STOPPED).forEach(ArchivedPartition::unresolved);
        }
        resolve();
        resumeReady();
        if (topicCheck.isDue()) {
            giveUp(remade());
        }
        if (tidying.isDue()) {
            tidy();
        }
        publishStatus();
    }

    /** A poll failed because the log does not have these positions any more. */
    void outOfRange(Set<TopicPartition> partitions) {
        giveUp(amongst(partitions));
        resolve();
        publishStatus();
    }

    /** Something failed that nobody foresaw. */
    void failed(Throwable cause) {
        log.error("{} gives up what it has in hand", name, cause);
        suspend("an unexpected failure: " + Reasons.of(cause));
    }

    /** Closes files whose time has come, and all of them before the disk is full. */
    private void tidy() {
        try {
            Optional<String> tooFull =
                    owned.isEmpty() ? Optional.empty() : context.archive().shortOfSpace();
            for (ArchivedPartition mine : in(State.READY)) {
                boolean fine =
                        tooFull.isPresent()
                                ? writer.publish(mine, mine.next())
                                : writer.tidy(mine, consumer);
                if (!fine) {
                    giveUp(List.of(mine));
                }
            }
            tooFull.ifPresent(this::suspend);
        } catch (IOException e) {
            suspend(Reasons.of(e));
        }
        if (writer.hasPublished()) {
            suspension.succeeded();
        }
        commits.commit(owned.values());
    }

    /** Drops what was polled of some partitions: they are sought anew. */
    private void giveUp(Collection<ArchivedPartition> partitions) {
        partitions.stream()
                .filter(ArchivedPartition::isReady)
                .forEach(ArchivedPartition::unresolved);
        consumer.pause(names(partitions));
    }

    private void suspend(String reason) {
        beginPause(reason);
        giveUp(owned.values());
        publishStatus();
    }

    private void beginPause(String reason) {
        if (suspension.begin(reason)) {
            log.warn("{} pauses and keeps its place: {}", name, reason);
            context.metrics().suspended();
        }
    }

    /** Seeks the partitions whose end is not known, unless it is too early to look. */
    private void resolve() {
        Set<TopicPartition> unresolved = names(in(State.UNRESOLVED));
        if (!unresolved.isEmpty()) {
            if (!suspension.allowsAttempt()) {
                return;
            }
            try {
                context.resolver().resolve(unresolved, commits::committed).forEach(this::apply);
            } catch (IOException | RuntimeException e) {
                beginPause(Reasons.of(e));
                return;
            }
        }
        if (suspension.end()) {
            log.info("{} reads on", name);
        }
    }

    /** A pause that began and ended while partitions were resolved leaves none of them behind. */
    private void resumeReady() {
        if (!pausedByOperator.getAsBoolean()) {
            Set<TopicPartition> ready = names(in(State.READY));
            ready.retainAll(consumer.paused());
            consumer.resume(ready);
        }
    }

    private void apply(TopicPartition partition, Resolution resolution) {
        ArchivedPartition mine = owned.get(partition);
        if (mine == null) {
            return;
        }
        switch (resolution) {
            case Resume resume -> {
                consumer.seek(partition, resume.position());
                mine.ready(resume.topicId(), resume.folder(), resume.end(), resume.position());
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

    /** The partitions whose topic was deleted and made again while it was read. */
    private List<ArchivedPartition> remade() {
        List<ArchivedPartition> ready = in(State.READY);
        if (ready.isEmpty() || !context.kafka().isAvailable()) {
            return List.of();
        }
        try {
            Map<String, Uuid> ids =
                    context.logs()
                            .topicIds(
                                    ready.stream()
                                            .map(mine -> mine.partition().topic())
                                            .collect(Collectors.toSet()));
            return ready.stream()
                    .filter(mine -> !mine.topicId().equals(ids.get(mine.partition().topic())))
                    .toList();
        } catch (RuntimeException e) {
            log.debug("The ids of topics could not be compared", e);
            return List.of();
        }
    }

    private void forget(Collection<ArchivedPartition> partitions) {
        partitions.forEach(ArchivedPartition::discard);
        owned.keySet().removeAll(names(partitions));
    }

    private List<ArchivedPartition> amongst(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(owned::containsKey)
                .map(partition -> Objects.requireNonNull(owned.get(partition)))
                .toList();
    }

    private List<ArchivedPartition> in(State state) {
        return owned.values().stream().filter(mine -> mine.state() == state).toList();
    }

    private void publishStatus() {
        Map<TopicPartition, String> stopped =
                in(State.STOPPED).stream()
                        .collect(
                                Collectors.toMap(
                                        ArchivedPartition::partition,
                                        mine -> String.valueOf(mine.reason())));
        status = new MemberStatus(owned.size(), suspension.reason().orElse(null), stopped);
    }

    private static Set<TopicPartition> names(Collection<ArchivedPartition> partitions) {
        return partitions.stream().map(ArchivedPartition::partition).collect(Collectors.toSet());
    }

    private static List<String> sorted(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).sorted().toList();
    }
}
