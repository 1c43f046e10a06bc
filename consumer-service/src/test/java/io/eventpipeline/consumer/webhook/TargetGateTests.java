package io.eventpipeline.consumer.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetGateTests {

    private static final Duration NONE = Duration.ZERO;

    private final TargetGate gate = new TargetGate(Duration.ofMillis(1), Duration.ofMillis(1));

    @Test
    void aCallThatBeganBeforeTheGateWasClosedDoesNotOpenIt() throws Exception {
        long slow = gate.await();
        gate.unavailable(gate.await(), "refused", NONE);

        gate.answered(slow);

        assertThat(gate.reason()).hasValue("refused");
    }

    @Test
    void aCallThatBeganBeforeTheGateWasClosedDoesNotCloseItAgain() throws Exception {
        long slow = gate.await();
        gate.unavailable(gate.await(), "refused", NONE);
        gate.answered(gate.await());

        gate.unavailable(slow, "refused", NONE);

        assertThat(gate.reason()).isEmpty();
    }

    @Test
    void anAnswerBeforeTheGateWasClosedIsAnAnswerAllTheSame() throws Exception {
        long begin = System.nanoTime();
        long slow = gate.await();
        gate.unavailable(gate.await(), "refused", NONE);

        gate.answered(slow);

        assertThat(gate.hasAnsweredSince(begin)).isTrue();
    }
}
