package io.eventpipeline.consumer.archive;

import io.eventpipeline.consumer.listening.Membership.Protocol;
import io.eventpipeline.consumer.partitions.LogBounds;
import io.eventpipeline.consumer.partitions.PartitionLogs;
import io.eventpipeline.consumer.recordjson.RecordJson;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records of partitions into files, and decides when a file is done: when it is large or
 * old enough, or a record of a later hour comes. Every method that writes answers whether the
 * partition is still this writer's; if not, another one published the range before. Confined to the
 * thread of a consumer.
 */
final class ArchiveWriter {

    private static final Logger log = LoggerFactory.getLogger(ArchiveWriter.class);

    private final ArchiveMetrics metrics;
    private final Clock clock;
    private final long maxSize;
    private final Duration maxAge;
    private final PartitionLogs logs;
    private final boolean mayBeReset;
    private boolean published;

    ArchiveWriter(ArchiveContext context) {
        logs = context.logs();
        // A client of that protocol goes on elsewhere by itself where its position left the log.
        mayBeReset = context.properties().membership().protocol() == Protocol.CONSUMER;
        metrics = context.metrics();
        clock = context.clock();
        maxSize = context.properties().maxSize().toBytes();
        maxAge = context.properties().maxAge();
    }

    /**
     * Writes what a poll brought of a partition.
     *
     * @param next the position behind it, control records included
     */
    boolean write(ArchivedPartition mine, List<ConsumerRecord<byte[], byte[]>> records, long next)
            throws IOException {
        if (!records.isEmpty() && !follows(mine, records.getFirst().offset())) {
            log.warn(
                    "Polled {}@{}, but everything before {} is written, and nothing behind it",
                    mine.partition(),
                    records.getFirst().offset(),
                    mine.next());
            return false;
        }
        for (ConsumerRecord<byte[], byte[]> source : records) {
            Hour hour = Hour.of(source.timestamp());
            RangeFile range = mine.range();
            if (range != null
                    && (range.size() >= maxSize || hour.compareTo(range.hour()) > 0)
                    && !publish(mine, source.offset())) {
                return false;
            }
            range = mine.range() == null ? begin(mine, hour) : mine.range();
            if (range == null) {
                return false;
            }
            range.append(RecordJson.line(source));
            mine.passed(source.offset() + 1);
        }
        mine.passed(next);
        return true;
    }

    /**
     * Publishes the file of a partition if its time has come. Everything polled is written when
     * this runs, so the consumer's position is where the range ends. Where only control records
     * were passed the file has no lines: it moves the end of the chain, and so the lag.
     */
    boolean tidy(ArchivedPartition mine, Consumer<?, ?> consumer) throws IOException {
        try {
            long position = consumer.position(mine.partition(), Duration.ZERO);
            if (position > mine.next()) {
                if (!follows(mine, position)) {
                    return false;
                }
                mine.passed(position);
            }
        } catch (TimeoutException e) {
            log.debug("The position in {} is not known now", mine.partition());
        }
        if (mine.next() == mine.published()) {
            return true;
        }
        RangeFile range =
                mine.range() == null ? begin(mine, Hour.of(clock.millis())) : mine.range();
        if (range == null) {
            return false;
        }
        return clock.instant().isBefore(range.begun().plus(maxAge)) || publish(mine, mine.next());
    }

    /** Publishes the file of a partition, if it has one. */
    boolean publish(ArchivedPartition mine, long next) throws IOException {
        RangeFile range = mine.range();
        if (range == null) {
            return true;
        }
        String topic = mine.partition().topic();
        try {
            mine.folder().publish(range, next);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            refused(mine, e);
            return false;
        }
        mine.published(next);
        metrics.published(topic, range);
        published = true;
        return true;
    }

    /** Whether a file was published since this was last asked. */
    boolean hasPublished() {
        boolean since = published;
        published = false;
        return since;
    }

    /** Whether between what is written and this offset there is nothing that could be read. */
    private boolean follows(ArchivedPartition mine, long offset) {
        if (offset <= mine.next() || !mayBeReset) {
            return offset >= mine.next();
        }
        LogBounds bounds = logs.bounds(Set.of(mine.partition())).get(mine.partition());
        return bounds != null && bounds.beginning() <= mine.next();
    }

    private @Nullable RangeFile begin(ArchivedPartition mine, Hour hour) throws IOException {
        try {
            RangeFile range = mine.folder().begin(mine.published(), hour, clock.instant());
            mine.begun(range);
            return range;
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            refused(mine, e);
            return null;
        }
    }

    private void refused(ArchivedPartition mine, IOException refusal) {
        metrics.refused(mine.partition().topic());
        log.warn(
                "Another member wrote {} from offset {}: {}",
                mine.partition(),
                mine.published(),
                refusal.toString());
    }
}
