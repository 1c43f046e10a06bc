package io.eventpipeline.consumer.listening;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** The rule for the two times by which a broker notices that a member is dead. */
final class SessionTimeouts {

    private static final int DEFAULT_SESSION_MS = 45_000;
    private static final int DEFAULT_HEARTBEAT_MS = 3_000;

    private SessionTimeouts() {}

    /**
     * Checks that a member may miss two heartbeats in a session.
     *
     * @throws IllegalArgumentException with both properties, if the heartbeat interval is longer
     *     than a third of the session timeout
     */
    static void requireValid(Map<String, Object> consumer) {
        int session =
                milliseconds(
                        consumer.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), DEFAULT_SESSION_MS);
        int heartbeat =
                milliseconds(
                        consumer.get(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                        DEFAULT_HEARTBEAT_MS);
        if (heartbeat > session / 3) {
            throw new IllegalArgumentException(
                    ("spring.kafka.consumer.heartbeat-interval (%d ms) must be at most a third of"
                         + " spring.kafka.consumer.properties.session.timeout.ms (%d ms)")
                            .formatted(heartbeat, session));
        }
    }

    private static int milliseconds(@Nullable Object value, int otherwise) {
        return value == null ? otherwise : Integer.parseInt(value.toString());
    }
}
