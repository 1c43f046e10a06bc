package io.eventpipeline.standalone.reset;

import io.eventpipeline.standalone.instance.PipelineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.jspecify.annotations.Nullable;

/**
 * Puts an application back to where it never ran: its offsets, its internal topics and its state on
 * this machine are deleted, in that order. Deleting the group comes first because the broker
 * refuses it while there are members, whoever joined since the plan was made. What fails half-way
 * is finished by doing it again; the application must not be started before. For one thread.
 */
public final class ApplicationReset {

    private static final Duration REACHED = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Kafka Streams holds it while a process uses the folder. */
    private static final String LOCK = ".lock";

    private final Admin admin;
    private final String applicationId;
    private final Path state;

    /**
     * Creates a reset.
     *
     * @param stateDir the setting {@code pipeline.streams.state-dir} of the application
     */
    public ApplicationReset(Admin admin, String applicationId, Path stateDir) {
        this.admin = admin;
        this.applicationId = applicationId;
        this.state = stateDir.resolve(applicationId);
    }

    /** Looks what there is to do; changes nothing. */
    public ResetPlan plan() {
        // Asked first because it says by its time-out that nobody answers; the next would not.
        get(
                admin.describeCluster(
                                new DescribeClusterOptions().timeoutMs((int) REACHED.toMillis()))
                        .clusterId());
        Collection<GroupListing> groups = get(admin.listGroups().all());
        Optional<GroupListing> group =
                groups.stream().filter(each -> each.groupId().equals(applicationId)).findFirst();
        return new ResetPlan(
                applicationId,
                group.map(this::members).orElseGet(List::of),
                group.isPresent() ? inputs() : List.of(),
                internalTopics(groups),
                Files.isDirectory(state) ? state : null,
                group.isPresent());
    }

    /**
     * Looks again until no member is left or the time is over.
     *
     * @param timeout for a static member that was stopped: the rest of its session
     */
    public ResetPlan planWithoutMembers(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        ResetPlan plan = plan();
        while (!plan.members().isEmpty() && System.nanoTime() < deadline) {
            pause();
            plan = plan();
        }
        return plan;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("Interrupted.", e);
        }
    }

    /**
     * Does it.
     *
     * @throws PipelineException if an instance is active, here or in the group, or Kafka refuses
     */
    public void execute(ResetPlan plan) {
        refuseActive(plan.members());
        Path folder = plan.state();
        try (FolderInUse _ = FolderInUse.claim(folder)) {
            if (plan.group()) {
                deleteGroup();
            }
            get(admin.deleteTopics(plan.internalTopics()).all());
            if (folder != null) {
                deleteContents(folder);
            }
        } catch (IOException e) {
            throw new PipelineException("Cannot delete %s: %s.".formatted(folder, e), e);
        }
        if (folder != null) {
            deleteFolder(folder);
        }
    }

    private void refuseActive(List<String> members) {
        if (!members.isEmpty()) {
            throw new PipelineException(
                    "%s is active, nothing was changed: stop %s. A static member that was stopped counts until its session ends, about 10 s."
                            .formatted(applicationId, String.join(", ", members)));
        }
    }

    private List<String> members(GroupListing group) {
        if (group.type().equals(Optional.of(GroupType.STREAMS))) {
            return get(admin.describeStreamsGroups(List.of(applicationId)).all()).values().stream()
                    .flatMap(found -> found.members().stream())
                    .map(member -> member.clientId() + " at " + member.clientHost())
                    .sorted()
                    .toList();
        }
        return get(admin.describeConsumerGroups(List.of(applicationId)).all()).values().stream()
                .flatMap(found -> found.members().stream())
                .map(member -> member.clientId() + " at " + member.host())
                .sorted()
                .toList();
    }

    private List<String> inputs() {
        return get(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata())
                .keySet()
                .stream()
                .map(TopicPartition::topic)
                .filter(topic -> !isInternal(topic))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Another application may be called as this one with something behind it; what begins with that
     * longer name is its own.
     */
    private List<String> internalTopics(Collection<GroupListing> groups) {
        List<String> others =
                groups.stream()
                        .map(GroupListing::groupId)
                        .filter(group -> group.startsWith(applicationId + "-"))
                        .map(group -> group + "-")
                        .toList();
        return get(admin.listTopics().names()).stream()
                .filter(this::isInternal)
                .filter(topic -> others.stream().noneMatch(topic::startsWith))
                .sorted()
                .toList();
    }

    private boolean isInternal(String topic) {
        return topic.startsWith(applicationId + "-")
                && (topic.endsWith("-changelog") || topic.endsWith("-repartition"));
    }

    private void deleteGroup() {
        boolean streams =
                get(admin.listGroups().all()).stream()
                        .filter(each -> each.groupId().equals(applicationId))
                        .anyMatch(each -> each.type().equals(Optional.of(GroupType.STREAMS)));
        get(
                streams
                        ? admin.deleteStreamsGroups(List.of(applicationId)).all()
                        : admin.deleteConsumerGroups(List.of(applicationId)).all());
    }

    /** All but the lock, which Windows would not let go while it is held. */
    private static void deleteContents(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder) && !file.equals(folder.resolve(LOCK))) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void deleteFolder(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(LOCK));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new PipelineException("Cannot delete %s: %s.".formatted(folder, e), e);
        }
    }

    private <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                throw new PipelineException(
                        "An instance of %s has just become active; nothing was changed."
                                .formatted(applicationId),
                        e);
            }
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unanswered(e);
            }
            throw new PipelineException("Kafka refused: %s.".formatted(e.getCause()), e);
        } catch (TimeoutException e) {
            throw unanswered(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("Interrupted.", e);
        }
    }

    private static PipelineException unanswered(Exception cause) {
        return new PipelineException(
                "No Kafka answers: start it with ./pipeline up, or name it with"
                        + " --bootstrap-servers.",
                cause);
    }

    /** The lock by which a process says that it uses a folder of state. */
    private record FolderInUse(@Nullable FileChannel channel) implements AutoCloseable {

        static FolderInUse claim(@Nullable Path folder) throws IOException {
            if (folder == null) {
                return new FolderInUse(null);
            }
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!isFree(channel)) {
                channel.close();
                throw new PipelineException(
                        "A process on this machine uses %s, nothing was changed: stop it."
                                .formatted(folder));
            }
            return new FolderInUse(channel);
        }

        private static boolean isFree(FileChannel channel) throws IOException {
            try {
                return channel.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
