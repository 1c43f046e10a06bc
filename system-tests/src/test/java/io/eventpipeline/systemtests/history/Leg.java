package io.eventpipeline.systemtests.history;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.systemtests.load.SentOrder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One way from a topic into a table.
 *
 * @param table the table
 * @param topic the topic that feeds it
 * @param records what readers of the topic see, by partition and offset
 * @param endOffsets where each partition ends for readers
 * @param rows the table's rows
 * @param changes each change of a row, in the order in which they were made
 * @param expected what an order's row must say
 */
public record Leg(
        String table,
        String topic,
        List<TopicRecord> records,
        Map<Integer, Long> endOffsets,
        List<StoredRow> rows,
        List<RowChange> changes,
        Function<SentOrder, Event> expected) {}
