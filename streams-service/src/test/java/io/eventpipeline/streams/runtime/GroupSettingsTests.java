package io.eventpipeline.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not go with a group protocol is said at the start, not ignored. */
class GroupSettingsTests {

    private static final HostInfo SELF = new HostInfo("streams-1", 8084);

    private final Properties config = new Properties();

    @Test
    void keepsItsNameInAClassicGroup() {
        GroupSettings.apply(config, GroupProtocol.CLASSIC);
        GroupSettings.applyInstance(config, GroupProtocol.CLASSIC, SELF);

        assertThat(config)
                .containsEntry("group.protocol", "classic")
                .containsEntry("application.server", "streams-1:8084")
                .containsEntry("main.consumer.group.instance.id", "streams-1-8084")
                .containsEntry("main.consumer.session.timeout.ms", 10_000);
    }

    @Test
    void hasASecondCopyOfEachStoreUnlessAnOperatorWantsNone() {
        GroupSettings.apply(config, GroupProtocol.CLASSIC);
        assertThat(config).containsEntry("num.standby.replicas", "1");

        config.put("num.standby.replicas", "0");
        GroupSettings.apply(config, GroupProtocol.CLASSIC);
        assertThat(config).containsEntry("num.standby.replicas", "0");
    }

    @Test
    void leavesASessionThatAnOperatorChose() {
        config.put("consumer.session.timeout.ms", "30000");
        GroupSettings.apply(config, GroupProtocol.CLASSIC);

        assertThat(config).doesNotContainKey("main.consumer.session.timeout.ms");
    }

    @Test
    void isAcceptedByKafkaStreamsInAGroupThatTheBrokersDivide() {
        config.put("application.id", "streams-dev");
        config.put("bootstrap.servers", "localhost:9092");
        GroupSettings.apply(config, GroupProtocol.STREAMS);
        GroupSettings.applyInstance(config, GroupProtocol.STREAMS, SELF);

        StreamsConfig accepted = new StreamsConfig(config);
        assertThat(accepted.getString("group.protocol")).isEqualTo("streams");
        assertThat(accepted.getMainConsumerConfigs("streams-dev", "client", 0))
                .doesNotContainKey("group.instance.id");
    }

    @ParameterizedTest
    @CsvSource({
        "main.consumer.group.instance.id, a, static members",
        "group.instance.id, a, static members",
        "consumer.session.timeout.ms, 10000, group.streams.session.timeout.ms",
        "main.consumer.heartbeat.interval.ms, 1000, streams.heartbeat.interval.ms",
        "num.standby.replicas, 1, streams.num.standby.replicas",
        "max.warmup.replicas, 2, no warm-up replicas"
    })
    void refusesWhatTheBrokersDecideOrDoNotKnow(String name, String value, String why) {
        config.put(name, value);

        assertThatThrownBy(() -> GroupSettings.apply(config, GroupProtocol.STREAMS))
                .hasMessageContaining("spring.kafka.streams.properties." + name)
                .hasMessageContaining("pipeline.streams.group-protocol")
                .hasMessageContaining(why);
    }
}
