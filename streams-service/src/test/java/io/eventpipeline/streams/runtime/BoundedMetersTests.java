package io.eventpipeline.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilterReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of what multiplies by stores, partitions or brokers, only what an operator looks at stays. */
class BoundedMetersTests {

    private final BoundedMeters filter = new BoundedMeters();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.stream.state.block.cache.usage",
                "kafka.stream.state.memtable.hit.ratio",
                "kafka.consumer.node.request.total",
                "kafka.producer.node.request.total",
                "kafka.consumer.fetch.manager.records.lead",
                "kafka.consumer.fetch.manager.records.lag.avg"
            })
    void leavesOutWhatMultiplies(String name) {
        assertThat(filter.accept(meter(name, "partition", "3"))).isEqualTo(MeterFilterReply.DENY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.stream.state.estimate.num.keys",
                "kafka.stream.task.dropped.records.total",
                "kafka.consumer.fetch.manager.records.lag",
                "pipeline.shipments.orders"
            })
    void keepsWhatAnOperatorLooksAt(String name) {
        assertThat(filter.accept(meter(name, "partition", "3")))
                .isEqualTo(MeterFilterReply.NEUTRAL);
    }

    @Test
    void keepsTheFiguresOfAClientAsAWhole() {
        assertThat(
                        filter.accept(
                                meter(
                                        "kafka.consumer.fetch.manager.records.lag.max",
                                        "client.id",
                                        "streams-service")))
                .isEqualTo(MeterFilterReply.NEUTRAL);
    }

    private static Meter.Id meter(String name, String key, String value) {
        return new Meter.Id(name, Tags.of(key, value), null, null, Meter.Type.GAUGE);
    }
}
