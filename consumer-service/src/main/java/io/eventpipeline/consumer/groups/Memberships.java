package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.delivery.GroupRules;
import io.eventpipeline.consumer.listening.GroupConsumers;
import io.eventpipeline.consumer.listening.Membership.Protocol;
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
        own.putAll(properties.commits(group).settings());
        Map<String, Object> effective =
                GroupConsumers.apply(
                        properties.membership(group),
                        properties.instanceId(),
                        group,
                        consumers,
                        own);
        return new GroupRules(
                properties.commits(group).mode(),
                properties.writes(group),
                !"none".equals(effective.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)));
    }
}
