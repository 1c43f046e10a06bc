package io.eventpipeline.streams.alerts;

import static io.eventpipeline.streams.PieceDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.ops.HostName;
import io.eventpipeline.model.ops.ServerAlert;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.streams.PieceDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("E6 server alerts by the Processor API")
class ServerAlertsTopologyTests {

    private static final ServerAlertsProperties SETTINGS =
            new ServerAlertsProperties(
                    0.8,
                    0.95,
                    0.1,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofHours(1));

    @TempDir private Path stateDir;
    private PieceDriver alerts;
    private Instant now = START;
    private int sent;

    @BeforeEach
    void start() {
        alerts =
                PieceDriver.of(
                        stateDir, (topics, registry) -> new ServerAlertsTopology(topics, SETTINGS));
    }

    @AfterEach
    void stop() {
        alerts.close();
    }

    @Test
    @DisplayName("E6 the target topic is chosen by the value")
    void sendsAnAlertToTheTopicOfItsSeverity() {
        measure("web-1", 0.85, 0.1);
        measure("web-2", 0.97, 0.1);

        assertThat(warnings()).containsExactly("web-1 CPU WARNING 0.85 0.8");
        assertThat(criticals()).containsExactly("web-2 CPU CRITICAL 0.97 0.95");
    }

    @Test
    void tellsWhatBecomesWorseOnce() {
        measure("web-1", 0.85, 0.1);
        measure("web-1", 0.86, 0.1);
        measure("web-1", 0.99, 0.1);
        measure("web-1", 0.99, 0.1);
        measure("web-1", 0.9, 0.96);

        assertThat(warnings()).hasSize(1);
        assertThat(criticals())
                .containsExactly("web-1 CPU CRITICAL 0.99 0.95", "web-1 MEMORY CRITICAL 0.96 0.95");
    }

    @Test
    void doesNotFlapAroundAThreshold() {
        for (int i = 0; i < 10; i++) {
            measure("web-1", i % 2 == 0 ? 0.81 : 0.79, 0.1);
        }
        assertThat(warnings()).hasSize(1);

        measure("web-1", 0.69, 0.1);
        measure("web-1", 0.81, 0.1);
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void noticesByStreamTimeThatOneHostIsSilentWhileOthersGoOn() {
        measure("web-1", 0.1, 0.1);
        for (int second = 0; second < 70; second++) {
            now = now.plusSeconds(1);
            measureAt("web-2", now);
        }

        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("web-1 SILENT WARNING")
                .endsWith(" 60.0");
    }

    @Test
    @DisplayName("E6 work at regular intervals")
    void noticesByTheWallClockThatAllAreSilent() {
        measure("web-1", 0.1, 0.1);
        for (int second = 0; second < 59; second++) {
            alerts.advance(Duration.ofSeconds(1));
        }
        assertThat(warnings()).isEmpty();

        for (int second = 0; second < 5 * 60; second++) {
            alerts.advance(Duration.ofSeconds(1));
        }
        assertThat(warnings()).containsExactly("web-1 SILENT WARNING 60.0 60.0");
        assertThat(criticals()).containsExactly("web-1 SILENT CRITICAL 300.0 300.0");
    }

    @Test
    void tellsASilenceOnceHoweverItIsNoticedAndAgainAfterAMeasurement() {
        measure("web-1", 0.1, 0.1);
        for (int second = 0; second < 70; second++) {
            now = now.plusSeconds(1);
            alerts.advance(Duration.ofSeconds(1));
            measureAt("web-2", now);
        }
        List<TestRecord<String, ServerAlert>> first =
                alerts.read(PipelineTopic.SERVER_ALERT, ServerAlert.class);
        assertThat(first).hasSize(1);

        measureAt("web-1", now);
        for (int second = 0; second < 70; second++) {
            now = now.plusSeconds(1);
            alerts.advance(Duration.ofSeconds(1));
            measureAt("web-2", now);
        }
        List<TestRecord<String, ServerAlert>> second =
                alerts.read(PipelineTopic.SERVER_ALERT, ServerAlert.class);
        assertThat(second).hasSize(1);
        assertThat(id(second.getFirst())).isNotEqualTo(id(first.getFirst()));
    }

    @Test
    void takesAHostWithASlowClockForNoSilentOne() {
        for (int second = 0; second < 120; second++) {
            now = now.plusSeconds(1);
            measureAt("web-2", now);
            measureAt("web-1", now.minusSeconds(90));
        }

        assertThat(warnings()).isEmpty();
    }

    @Test
    void takesAHostWhoseClockWentBackForNoSilentOne() {
        measureAt("web-1", START.plusSeconds(100));
        for (int second = 0; second < 90; second++) {
            alerts.advance(Duration.ofSeconds(1));
            measureAt("web-1", START.plusSeconds(second));
            measureAt("web-2", START.plusSeconds(100 + second));
        }

        assertThat(warnings()).isEmpty();
    }

    @Test
    void forgetsAHostThatIsGone() {
        measure("web-1", 0.1, 0.1);
        alerts.advance(Duration.ofHours(2));
        alerts.advance(Duration.ofHours(2));

        assertThat(alerts.driver().getKeyValueStore(ServerAlertsTopology.HOSTS_STORE).get("web-1"))
                .isNull();
    }

    @Test
    void leavesOutAMeasurementThatIsOlderThanTheNewest() {
        now = START.plusSeconds(60);
        measure("web-1", 0.1, 0.1);
        now = START;
        measure("web-1", 0.99, 0.1);

        assertThat(criticals()).isEmpty();
    }

    @Test
    void givesACopyTheSameIdentity() {
        alerts.send(PipelineTopic.SERVER_MEASURED, measured("web-1", 0.9, 0.1, now), "one");
        TestRecord<String, ServerAlert> alert =
                alerts.read(PipelineTopic.SERVER_ALERT, ServerAlert.class).getFirst();
        alerts.send(PipelineTopic.SERVER_MEASURED, measured("web-1", 0.9, 0.1, now), "one");

        assertThat(warnings()).as("nothing became worse").isEmpty();
        assertThat(PieceDriver.header(alert, CloudEventHeaders.SOURCE))
                .isEqualTo("/streams-service/server-alerts");
        assertThat(PieceDriver.header(alert, CloudEventHeaders.TRACEPARENT))
                .isEqualTo(PieceDriver.TRACE);
        assertThat(alert.key()).isEqualTo("web-1");
        assertThat(alert.getRecordTime()).isEqualTo(now);
    }

    @Test
    void refusesWhatIsNoMeasurementOfItsHost() {
        alerts.sendRaw(PipelineTopic.SERVER_MEASURED, null, "{}");
        alerts.sendRaw(PipelineTopic.SERVER_MEASURED, "web-1", (String) null);
        alerts.send(
                PipelineTopic.SERVER_MEASURED,
                measured("web-1", 0.99, 0.1, START.plus(Duration.ofMinutes(6))),
                "future");

        assertThat(alerts.letters(PipelineTopic.SERVER_MEASURED)).hasSize(3);
        assertThat(criticals()).isEmpty();
    }

    private void measure(String host, double cpu, double memory) {
        alerts.send(PipelineTopic.SERVER_MEASURED, measured(host, cpu, memory, now), "m-" + sent++);
    }

    private void measureAt(String host, Instant time) {
        alerts.send(PipelineTopic.SERVER_MEASURED, measured(host, 0.1, 0.1, time), "m-" + sent++);
    }

    private static ServerMeasured measured(String host, double cpu, double memory, Instant time) {
        return new ServerMeasured(
                new HostName(host), cpu, Math.round(memory * 1_000_000), 1_000_000, time);
    }

    private List<String> warnings() {
        return told(PipelineTopic.SERVER_ALERT).toList();
    }

    private List<String> criticals() {
        return told(PipelineTopic.SERVER_ALERT_CRITICAL).toList();
    }

    private Stream<String> told(PipelineTopic topic) {
        return alerts.read(topic, ServerAlert.class).stream()
                .map(TestRecord::value)
                .map(alert ->
                        "%s %s %s %s %s"
                                .formatted(
                                        alert.host(),
                                        alert.kind(),
                                        alert.severity(),
                                        alert.value(),
                                        alert.threshold()));
    }

    private static String id(TestRecord<String, ServerAlert> alert) {
        return PieceDriver.header(alert, CloudEventHeaders.ID);
    }
}
