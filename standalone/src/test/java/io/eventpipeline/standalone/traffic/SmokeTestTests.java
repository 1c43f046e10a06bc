package io.eventpipeline.standalone.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The smoke test passes on what works and names what does not; a check is trusted if it goes red.
 */
class SmokeTestTests {

    private StandInPipeline pipeline;
    private final List<String> steps = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        pipeline = new StandInPipeline();
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void workingPipelinePassesEveryStep() throws TrafficException {
        smokeTest().run();

        assertThat(steps)
                .anyMatch(step -> step.contains("became a shipment in"))
                .anyMatch(step -> step.contains("came before its address and product"))
                .anyMatch(step -> step.contains("host alpha"));
    }

    @Test
    void lostShipmentIsNamed() {
        pipeline.losingShipments();

        assertThatThrownBy(() -> smokeTest().run())
                .isInstanceOf(TrafficException.class)
                .hasMessageContaining("/shipments/smoke-")
                .hasMessageContaining("still answered 404");
    }

    @Test
    void shipmentToAnotherAddressIsNamed() {
        pipeline.mixingUpAddresses();

        assertThatThrownBy(() -> smokeTest().run())
                .isInstanceOf(TrafficException.class)
                .hasMessageContaining("street")
                .hasMessageContaining("Elsewhere 1");
    }

    @Test
    void serviceThatIsNotReadyIsNamed() {
        pipeline.notReady();

        assertThatThrownBy(() -> smokeTest().run())
                .isInstanceOf(TrafficException.class)
                .hasMessageContaining("/actuator/health/readiness answered 503");
    }

    @Test
    void demoCountsTheShipmentsThatArrived() throws TrafficException {
        Demo demo = new Demo(pipeline.client(), InstantSource.system(), new java.util.Random(1));
        demo.stock();

        Demo.Outcome outcome =
                demo.run(20, 1_000, Duration.ofSeconds(10), (_, _) -> {}, (_, _) -> {});

        assertThat(outcome.accepted()).isEqualTo(20);
        assertThat(outcome.shipped()).isEqualTo(20);
    }

    @Test
    void demoDoesNotCountLostShipments() throws TrafficException {
        pipeline.losingShipments();
        Demo demo = new Demo(pipeline.client(), InstantSource.system(), new java.util.Random(1));
        demo.stock();

        Demo.Outcome outcome =
                demo.run(5, 1_000, Duration.ofMillis(300), (_, _) -> {}, (_, _) -> {});

        assertThat(outcome.accepted()).isEqualTo(5);
        assertThat(outcome.shipped()).isZero();
    }

    private SmokeTest smokeTest() {
        return new SmokeTest(
                pipeline.client(), Duration.ofMillis(500), InstantSource.system(), steps::add);
    }
}
