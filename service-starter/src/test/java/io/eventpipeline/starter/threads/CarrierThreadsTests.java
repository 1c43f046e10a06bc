package io.eventpipeline.starter.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processors do not mean two carriers. */
class CarrierThreadsTests {

    private static final int MANY = 10_000;

    private @Nullable String before;

    @BeforeEach
    void forget() {
        before = System.getProperty(CarrierThreads.PARALLELISM);
        System.clearProperty(CarrierThreads.PARALLELISM);
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(CarrierThreads.PARALLELISM);
        } else {
            System.setProperty(CarrierThreads.PARALLELISM, before);
        }
    }

    @Test
    void givesMoreCarriersThanProcessors() {
        CarrierThreads.atLeast(MANY);

        assertThat(System.getProperty(CarrierThreads.PARALLELISM)).isEqualTo("10000");
    }

    @Test
    void leavesAMachineWithEnoughProcessorsAlone() {
        CarrierThreads.atLeast(1);

        assertThat(System.getProperty(CarrierThreads.PARALLELISM)).isNull();
    }

    @Test
    void leavesWhatWasSetAlone() {
        System.setProperty(CarrierThreads.PARALLELISM, "3");

        CarrierThreads.atLeast(MANY);

        assertThat(System.getProperty(CarrierThreads.PARALLELISM)).isEqualTo("3");
    }
}
