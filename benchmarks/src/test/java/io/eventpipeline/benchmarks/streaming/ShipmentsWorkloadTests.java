package io.eventpipeline.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ShipmentsWorkloadTests {

    private final ShipmentsWorkload workload = new ShipmentsWorkload();

    @Test
    void findsTheOrderOfAShipment() {
        Workload.PacedEvents events = workload.paced(10, Instant.EPOCH, 1_000);

        assertThat(events.newlyIn(shipment(events.body(3)))).containsExactly(3);
    }

    @Test
    void leavesTheOrdersOfAnEarlierMeasurementAlone() {
        Workload.PacedEvents before = workload.paced(10, Instant.EPOCH, 1_000);
        Workload.PacedEvents events = workload.paced(10, Instant.EPOCH, 1_000);

        assertThat(events.newlyIn(shipment(before.body(3)))).isEmpty();
    }

    /** A shipment begins with the fields of its order. */
    private static ConsumerRecord<byte[], byte[]> shipment(byte[] order) {
        return new ConsumerRecord<>("shipments", 0, 0, new byte[0], order);
    }
}
