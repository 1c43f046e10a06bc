package io.eventpipeline.consumer.listening;

import io.eventpipeline.consumer.listening.Membership.Protocol;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Gives the consumers of a group the settings of its membership. Stateless. */
public final class GroupConsumers {

    private GroupConsumers() {}

    /**
     * The factory of a group's consumers: that of {@code spring.kafka.consumer}, for a group of
     * KIP-848 without the settings that are the brokers' there.
     *
     * @throws IllegalArgumentException if {@code spring.kafka.consumer} sets a protocol for all
     */
    public static ConsumerFactory<Object, Object> factory(
            Protocol protocol, ConsumerFactory<Object, Object> defaults) {
        Map<String, Object> settings = defaults.getConfigurationProperties();
        if (settings.containsKey(ConsumerConfig.GROUP_PROTOCOL_CONFIG)) {
            throw new IllegalArgumentException(
                    "spring.kafka.consumer.properties.group.protocol cannot be set for all groups:"
                            + " set pipeline.consumer.<group>.membership.protocol");
        }
        if (protocol == Protocol.CLASSIC) {
            return defaults;
        }
        Map<String, Object> withoutThem = new HashMap<>(settings);
        withoutThem.keySet().removeAll(Membership.CLASSIC_ONLY);
        var factory = new DefaultKafkaConsumerFactory<Object, Object>(withoutThem);
        defaults.getListeners().forEach(factory::addListener);
        return factory;
    }

    /**
     * Puts the settings of a membership over those of all consumers.
     *
     * @param own takes them; what it has already counts less
     * @return all settings of the consumers
     * @throws IllegalArgumentException if they do not fit together
     */
    public static Map<String, Object> apply(
            Membership membership,
            String instanceId,
            String group,
            ConsumerFactory<?, ?> consumers,
            Properties own) {
        own.putAll(membership.settings(instanceId, group));
        Map<String, Object> effective = new HashMap<>(consumers.getConfigurationProperties());
        own.forEach((name, value) -> effective.put(name.toString(), value));
        if (membership.protocol() == Protocol.CLASSIC) {
            SessionTimeouts.requireValid(effective);
        }
        return effective;
    }
}
