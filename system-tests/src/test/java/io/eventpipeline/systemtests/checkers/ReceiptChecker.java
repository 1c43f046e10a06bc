package io.eventpipeline.systemtests.checkers;

import static java.util.stream.Collectors.toMap;

import io.eventpipeline.systemtests.history.History;
import io.eventpipeline.systemtests.history.TopicRecord;
import io.eventpipeline.systemtests.load.Receipt;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Each receipt names the record that holds the order. */
final class ReceiptChecker implements Checker {

    @Override
    public String promise() {
        return "an order that was answered 200 is in its topic, where the receipt says";
    }

    @Override
    public List<String> check(History history) {
        Map<String, TopicRecord> byPosition =
                history.orders().records().stream()
                        .collect(
                                toMap(
                                        record -> position(record.partition(), record.offset()),
                                        record -> record));
        return history.acknowledged().stream()
                .flatMap(sent -> {
                    Receipt receipt = sent.receipt();
                    TopicRecord record =
                            byPosition.get(position(receipt.partition(), receipt.offset()));
                    if (record != null
                            && record.orderId().equals(sent.order().orderId().value())
                            && record.identity().id().equals(receipt.eventId())) {
                        return Stream.empty();
                    }
                    return Stream.of(
                            "%s: the receipt names event %s at %s-%d@%d, where there is %s"
                                    .formatted(
                                            sent.order().orderId(),
                                            receipt.eventId(),
                                            receipt.topic(),
                                            receipt.partition(),
                                            receipt.offset(),
                                            record == null
                                                    ? "no record"
                                                    : record.orderId()
                                                            + ", event "
                                                            + record.identity().id()));
                })
                .toList();
    }

    private static String position(int partition, long offset) {
        return partition + "@" + offset;
    }
}
