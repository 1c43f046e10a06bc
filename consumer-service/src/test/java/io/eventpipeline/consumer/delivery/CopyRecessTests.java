package io.eventpipeline.consumer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** How long no batch is copied after copies that failed. */
class CopyRecessTests {

    private final CopyRecess recess = new CopyRecess(new SimpleMeterRegistry());

    @Test
    void copiesFromTheBeginning() {
        assertThat(batchesUntilTheNextCopy()).isZero();
    }

    @Test
    void leavesOutTwiceAsManyBatchesAfterEachFailureUpToABound() {
        for (int length = CopyRecess.SHORTEST; length <= CopyRecess.LONGEST; length *= 2) {
            recess.failed(OrderPlaced.class);
            assertThat(batchesUntilTheNextCopy()).isEqualTo(length);
        }
        recess.failed(OrderPlaced.class);
        assertThat(batchesUntilTheNextCopy()).isEqualTo(CopyRecess.LONGEST);
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        recess.failed(OrderPlaced.class);
        recess.failed(OrderPlaced.class);
        recess.succeeded(OrderPlaced.class);
        assertThat(batchesUntilTheNextCopy()).isZero();

        recess.failed(OrderPlaced.class);

        assertThat(batchesUntilTheNextCopy()).isEqualTo(CopyRecess.SHORTEST);
    }

    @Test
    void keepsEventTypesApart() {
        recess.failed(OrderPlaced.class);

        assertThat(recess.mayCopy(PaymentCaptured.class)).isTrue();
        assertThat(recess.mayCopy(OrderPlaced.class)).isFalse();
    }

    private int batchesUntilTheNextCopy() {
        int batches = 0;
        while (!recess.mayCopy(OrderPlaced.class)) {
            batches++;
        }
        return batches;
    }
}
