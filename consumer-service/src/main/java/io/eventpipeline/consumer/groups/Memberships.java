package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.GroupRules;
import io.eventpipeline.consumer.groups.Membership.Protocol;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/** Gives the containers of each group the settings of its membership. Immutable. */
@Component("memberships")
public final class Memberships {

    static final String CLASSIC_FACTORY = "kafkaListenerContainerFactory";
    static final String CONSUMER_FACTORY = "consumerProtocolListenerContainerFactory";

    private final ConsumerProperties properties;

    Memberships(ConsumerProperties properties) {
        this.properties = properties;
    }

    /** The name of the factory that makes a group's containers, for the listeners' annotations. */
    public String containerFactory(String group) {
        return properties.membership(group).protocol() == Protocol.CONSUMER
                ? CONSUMER_FACTORY
                : CLASSIC_FACTORY;
    }

    /**
     * Puts a group's settings over those of all consumers.
     *
     * @return what its members need to know of them
     * @throws IllegalArgumentException if they do not fit together
     */
    GroupRules apply(String group, ConsumerFactory<?, ?> consumers, Properties own) {
        Membership membership = properties.membership(group);
        own.putAll(membership.settings(properties.instanceId(), group));
        own.putAll(properties.commits(group).settings());
        Map<String, Object> effective = new HashMap<>(consumers.getConfigurationProperties());
        own.forEach((name, value) -> effective.put(name.toString(), value));
        if (membership.protocol() == Protocol.CLASSIC) {
            SessionTimeouts.requireValid(effective);
        }
        return new GroupRules(
                properties.commits(group).mode(),
                !"none".equals(effective.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)));
    }

    /**
     * Settings of {@code spring.kafka.consumer} that must be a listener's own.
     *
     * @throws IllegalArgumentException if one is there
     */
    static void requireOwnProtocol(Map<String, Object> consumers) {
        if (consumers.containsKey(ConsumerConfig.GROUP_PROTOCOL_CONFIG)) {
            throw new IllegalArgumentException(
                    "spring.kafka.consumer.properties.group.protocol cannot be set for all groups:"
                            + " set pipeline.consumer.<group>.membership.protocol");
        }
    }
}
