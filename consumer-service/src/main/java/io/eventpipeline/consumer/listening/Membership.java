package io.eventpipeline.consumer.listening;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the consumers of a listener are members of its group.
 *
 * @param protocol {@code classic}: the members divide the partitions; {@code consumer}: the brokers
 *     do (KIP-848). All members of a group should have the same; a group moves from one to the
 *     other by a rolling restart
 * @param assignor how partitions are divided: {@code range}, {@code round-robin}, {@code sticky} or
 *     {@code cooperative-sticky} with the classic protocol, {@code uniform} or {@code range} with
 *     the new one; without it {@code cooperative-sticky} and {@code uniform}
 * @param staticMember whether the consumers keep their partitions over a restart that is shorter
 *     than the session (KIP-345), as members {@code <instance-id>-<group>-<n>}; classic protocol
 *     only. Their partitions then wait for them, so others do not take over when they are stopped
 * @param sessionTimeout after what silence a member is taken for dead; classic protocol only,
 *     otherwise it is the brokers' setting; without it the one of {@code spring.kafka.consumer}
 * @param heartbeatInterval how often a member shows that it lives, at most a third of the session;
 *     classic protocol only; without it the one of {@code spring.kafka.consumer}
 */
public record Membership(
        @DefaultValue("classic") @NotNull Protocol protocol,
        @Nullable Assignor assignor,
        @DefaultValue("false") boolean staticMember,
        @Nullable Duration sessionTimeout,
        @Nullable Duration heartbeatInterval) {

    /** What KIP-848 leaves to the brokers, so that a member may not set it. */
    static final Set<String> CLASSIC_ONLY =
            Set.of(
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

    /**
     * Checks the fields against each other.
     *
     * @throws IllegalArgumentException if the protocol does not know a setting
     */
    public Membership {
        if (assignor != null && !assignor.isKnownTo(protocol)) {
            throw new IllegalArgumentException(
                    "membership.assignor=%s is not known to membership.protocol=%s, which has %s"
                            .formatted(assignor, protocol, Assignor.of(protocol)));
        }
        if (protocol == Protocol.CONSUMER) {
            refuse(sessionTimeout, "session-timeout", "group.consumer.session.timeout.ms");
            refuse(heartbeatInterval, "heartbeat-interval", "group.consumer.heartbeat.interval.ms");
            if (staticMember) {
                throw new IllegalArgumentException(
                        "membership.static-member needs membership.protocol=classic");
            }
        }
    }

    private static void refuse(@Nullable Duration setting, String name, String brokerSetting) {
        if (setting != null) {
            throw new IllegalArgumentException(
                    "membership.%s cannot be set with membership.protocol=consumer: KIP-848 makes it the brokers' %s"
                            .formatted(name, brokerSetting));
        }
    }

    /** The settings of the consumers. */
    public Map<String, String> settings(String instanceId, String group) {
        Map<String, String> settings = new HashMap<>();
        if (protocol == Protocol.CONSUMER) {
            settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol.toString());
            // This client asks Kafka for a position while the member is told of its partitions, and
            // would fail where there is none yet; the member seeks, and looks out for resets.
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            if (assignor != null) {
                settings.put(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, assignor.toString());
            }
            return settings;
        }
        if (assignor != null) {
            settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, assignor.className());
        }
        if (staticMember) {
            settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId + "-" + group);
        }
        putMillis(settings, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionTimeout);
        putMillis(settings, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, heartbeatInterval);
        return settings;
    }

    private static void putMillis(
            Map<String, String> settings, String name, @Nullable Duration value) {
        if (value != null) {
            settings.put(name, Long.toString(value.toMillis()));
        }
    }

    /** Who divides the partitions. */
    public enum Protocol {
        /** The members, by an assignor of theirs. */
        CLASSIC,
        /** The brokers (KIP-848). */
        CONSUMER;

        /** As Kafka has it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How partitions are divided. */
    public enum Assignor {
        /** Neighbouring partitions of each topic to one member. */
        RANGE(RangeAssignor.class, Protocol.CLASSIC, Protocol.CONSUMER),
        /** One after the other, as cards are dealt. */
        ROUND_ROBIN(RoundRobinAssignor.class, Protocol.CLASSIC),
        /** Evenly, and as they were as far as possible; all stop reading for a rebalance. */
        STICKY(StickyAssignor.class, Protocol.CLASSIC),
        /** As sticky, and only partitions that move stop being read (KIP-429). */
        COOPERATIVE_STICKY(CooperativeStickyAssignor.class, Protocol.CLASSIC),
        /** Evenly, and as they were as far as possible. */
        UNIFORM(null, Protocol.CONSUMER);

        private final @Nullable Class<?> implementation;
        private final boolean classic;
        private final boolean consumer;

        Assignor(@Nullable Class<?> implementation, Protocol... protocols) {
            this.implementation = implementation;
            this.classic = List.of(protocols).contains(Protocol.CLASSIC);
            this.consumer = List.of(protocols).contains(Protocol.CONSUMER);
        }

        private static List<Assignor> of(Protocol protocol) {
            return Arrays.stream(values())
                    .filter(assignor -> assignor.isKnownTo(protocol))
                    .toList();
        }

        private boolean isKnownTo(Protocol protocol) {
            return protocol == Protocol.CLASSIC ? classic : consumer;
        }

        private String className() {
            if (implementation == null) {
                throw new IllegalStateException(this + " is the brokers' own");
            }
            return implementation.getName();
        }

        /** As it is configured. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
