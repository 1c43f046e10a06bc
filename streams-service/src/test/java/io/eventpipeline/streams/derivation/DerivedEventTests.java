package io.eventpipeline.streams.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.event.EventIdentity;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The id of a derived event is a function of its cause, for ever. */
class DerivedEventTests {

    @Test
    void givesTheSameIdInEveryVersionOfThisService() {
        EventIdentity identity =
                DerivedEvent.identity(
                        "shipments", new EventIdentity("/producer-service/orders", "event-1"));

        assertThat(identity)
                .isEqualTo(
                        new EventIdentity(
                                "/streams-service/shipments",
                                "2913b812-9819-8bc2-b481-0b4ed7be6741"));
    }

    @Test
    void isAUuidOfVersionEight() {
        UUID id =
                UUID.fromString(
                        DerivedEvent.identity("shipments", new EventIdentity("a", "b")).id());

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void keepsSourceAndIdApart() {
        assertThat(DerivedEvent.identity("shipments", new EventIdentity("ab", "c")))
                .isNotEqualTo(DerivedEvent.identity("shipments", new EventIdentity("a", "bc")));
    }
}
