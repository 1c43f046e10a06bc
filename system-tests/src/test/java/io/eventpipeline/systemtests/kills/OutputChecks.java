package io.eventpipeline.systemtests.kills;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.systemtests.checkers.Findings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the outputs hold for readers of committed records: shown each record in the order of its
 * partition. Confined to one thread.
 */
final class OutputChecks {

    static final String LOST = "each order has a shipment";
    static final String DOUBLED = "each order has one shipment only";
    static final String ORDER = "each key's records are in order";
    static final String WINDOWS = "each window's final count is that of an independent count";
    static final String FINAL_ONCE = "each final count is told once, and last";

    private final ShopLedger ledger;
    private final Findings findings;
    private final Map<String, Set<EventIdentity>> shipments = new HashMap<>();
    private final Map<String, Integer> sequences = new HashMap<>();
    private final Map<String, Long> addresses = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Long> finals = new HashMap<>();
    private long sameIdentity;
    private long windows;

    OutputChecks(ShopLedger ledger, Findings findings) {
        this.ledger = ledger;
        this.findings = findings;
    }

    /** One record of the shipments. */
    void shipment(ConsumerRecord<byte[], byte[]> record) {
        ShipmentRequested shipment = EventJson.read(record.value(), ShipmentRequested.class);
        String where =
                "%s at %d@%d".formatted(shipment.orderId(), record.partition(), record.offset());
        Set<EventIdentity> before =
                shipments.computeIfAbsent(shipment.orderId().value(), any -> new HashSet<>());
        if (!before.add(CloudEventHeaders.identityOf(record))) {
            sameIdentity++;
            findings.add(DOUBLED, where + " is there under the same identity before");
            return;
        }
        findings.require(before.size() == 1, DOUBLED, "%s has another identity", where);
        String customer = new String(record.key(), UTF_8);
        int sequence = ShopLedger.sequence(shipment.orderId());
        if (sequence > ShopLoad.FIRST_ORDERS) {
            Integer last = sequences.put(customer, sequence);
            findings.require(
                    last == null || last < sequence,
                    ORDER,
                    "%s comes behind order %s",
                    where,
                    last);
        }
        long address = ShopLedger.version(shipment.address().street());
        Long earlier = addresses.put(customer, address);
        findings.require(
                earlier == null || sequence <= ShopLoad.FIRST_ORDERS || earlier <= address,
                ORDER,
                "%s has address %d behind %s",
                where,
                address,
                earlier);
    }

    /** One record of the counts; what became a part of another window has no value. */
    void count(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), UTF_8);
        String where = "%s at %d@%d".formatted(key, record.partition(), record.offset());
        if (finals.containsKey(key)) {
            findings.add(FINAL_ONCE, where + " comes behind its final count");
            return;
        }
        if (record.value() == null) {
            counts.remove(key);
            return;
        }
        PageCount count = EventJson.read(record.value(), PageCount.class);
        Long before = counts.put(key, count.count());
        findings.require(
                before == null || before <= count.count(),
                ORDER,
                "%s goes back from %s to %d",
                where,
                before,
                count.count());
        if (count.isFinal()) {
            finals.put(key, count.count());
        }
    }

    /** All records were shown. */
    void finish() {
        for (CustomerLog customer : ledger.customers()) {
            for (int sequence = 1; sequence <= customer.ordersStored.latest(); sequence++) {
                String order = "%s-order-%05d".formatted(customer.customer(), sequence);
                findings.require(shipments.containsKey(order), LOST, "%s has none", order);
            }
        }
        Map<String, Long> expected = expected();
        windows = expected.size();
        expected.forEach((window, count) -> {
            Long told = finals.get(window);
            findings.require(
                    count.equals(told),
                    WINDOWS,
                    "%s is %d and was told as %s",
                    window,
                    count,
                    told);
        });
        finals.forEach((window, told) ->
                findings.require(
                        expected.containsKey(window),
                        WINDOWS,
                        "%s was told as %d and does not exist",
                        window,
                        told));
    }

    private Map<String, Long> expected() {
        Map<String, Long> expected = new HashMap<>();
        for (PageLog page : ledger.pages()) {
            long[] views = page.times();
            for (WindowKind kind : WindowKind.values()) {
                expected.putAll(WindowCounts.of(page.page(), kind, views));
            }
        }
        return expected;
    }

    /** How many different orders were shipped. */
    long shipped() {
        return shipments.size();
    }

    /** How many shipments a reader that goes by identity would not notice. */
    long sameIdentity() {
        return sameIdentity;
    }

    /** How many windows were compared. */
    long windows() {
        return windows;
    }
}
