package io.eventpipeline.consumer.listening;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A heartbeat that leaves no room for a lost one is refused at start. */
class SessionTimeoutsTests {

    @Test
    @DisplayName("C7 a heartbeat over a third of the session timeout is refused")
    void refusesAHeartbeatOverAThirdOfTheSession() {
        assertThatThrownBy(() ->
                        SessionTimeouts.requireValid(
                                Map.of(
                                        "session.timeout.ms",
                                        "6000",
                                        "heartbeat.interval.ms",
                                        3000)))
                .hasMessageContaining("spring.kafka.consumer.heartbeat-interval (3000 ms)")
                .hasMessageContaining("(6000 ms)");
    }

    @Test
    void takesAThirdAndTheClientsDefaults() {
        assertThatCode(
                        () -> {
                            SessionTimeouts.requireValid(
                                    Map.of(
                                            "session.timeout.ms",
                                            9000,
                                            "heartbeat.interval.ms",
                                            "3000"));
                            SessionTimeouts.requireValid(Map.of());
                        })
                .doesNotThrowAnyException();
    }
}
