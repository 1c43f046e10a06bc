package io.eventpipeline.streams.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/**
 * What an instance is in its group, by either protocol. What the protocol of KIP-1071 would ignore
 * or fail upon later stops the service at its start, with the name of the setting.
 */
final class GroupSettings {

    /** A dead instance is noticed in 10 s instead of 45, and a rebalance in 1 s instead of 3. */
    private static final int SESSION_TIMEOUT = 10_000;

    private static final int HEARTBEAT_INTERVAL = 1_000;

    private static final int STANDBY_REPLICAS = 1;

    /**
     * Prefixes under which Kafka Streams looks for a setting of the member, the strongest first.
     */
    private static final List<String> OF_MEMBER =
            List.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.CONSUMER_PREFIX, "");

    private static final List<String> OF_BROKERS =
            List.of(
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);

    private GroupSettings() {}

    /**
     * Sets the protocol and what belongs to it.
     *
     * @throws IllegalArgumentException if a setting does not go with the protocol
     */
    static void apply(Properties config, GroupProtocol protocol) {
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, protocol.name().toLowerCase(Locale.ROOT));
        switch (protocol) {
            case CLASSIC -> {
                putIfAbsent(config, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT);
                putIfAbsent(
                        config, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_INTERVAL);
                // Made as soon as there is a second instance; one alone has nothing to pay for.
                config.putIfAbsent(
                        StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                        Integer.toString(STANDBY_REPLICAS));
            }
            case STREAMS -> {
                refuse(
                        config,
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        "it knows no static members in this version");
                OF_BROKERS.forEach(name ->
                        refuse(
                                config,
                                name,
                                "the brokers decide (group.streams."
                                        + name
                                        + "), or the group (streams."
                                        + name
                                        + ")"));
                refuseReplicas(
                        config,
                        StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
                        "the group decides (streams.num.standby.replicas)");
                refuse(
                        config,
                        StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG,
                        "it has no warm-up replicas in this version");
            }
        }
    }

    /** What is only known when the web server listens: who this instance is to the others. */
    static void applyInstance(Properties config, GroupProtocol protocol, HostInfo self) {
        config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.host() + ":" + self.port());
        if (protocol == GroupProtocol.CLASSIC) {
            config.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                    self.host() + "-" + self.port());
        }
    }

    private static void putIfAbsent(Properties config, String name, int value) {
        if (OF_MEMBER.stream().noneMatch(prefix -> config.containsKey(prefix + name))) {
            config.put(StreamsConfig.mainConsumerPrefix(name), value);
        }
    }

    private static void refuse(Properties config, String name, String why) {
        OF_MEMBER.stream()
                .map(prefix -> prefix + name)
                .filter(config::containsKey)
                .findFirst()
                .ifPresent(given -> {
                    throw refused(given, why);
                });
    }

    private static void refuseReplicas(Properties config, String name, String why) {
        Object given = config.get(name);
        if (given != null && !"0".equals(String.valueOf(given).strip())) {
            throw refused(name, why);
        }
    }

    private static IllegalArgumentException refused(String name, String why) {
        return new IllegalArgumentException(
                "spring.kafka.streams.properties.%s does not go with pipeline.streams.group-protocol=streams: %s"
                        .formatted(name, why));
    }
}
