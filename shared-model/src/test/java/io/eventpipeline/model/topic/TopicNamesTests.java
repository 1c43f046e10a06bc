package io.eventpipeline.model.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SEEDS A6: names are refused with a reason. */
class TopicNamesTests {

    @ParameterizedTest
    @CsvSource({
        "'', must not be empty",
        "., which are folders",
        ".., which are folders",
        "orders placed, letters",
        "orders/placed, letters",
        "bestellungen-größe, letters",
        "__consumer_offsets, internal",
        "__transaction_state, internal",
        "__share_group_state, internal",
        "__cluster_metadata, internal",
    })
    void refusesWithAReason(String name, String reason) {
        assertThat(TopicNames.refusalOf(name))
                .hasValueSatisfying(why -> assertThat(why).contains(reason));
        assertThatThrownBy(() -> TopicNames.requireValid(name))
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesANameThatIsTooLongForAFolder() {
        assertThat(TopicNames.refusalOf("x".repeat(249))).isEmpty();
        assertThat(TopicNames.refusalOf("x".repeat(250)))
                .contains("a topic name has at most 249 characters, this one has 250");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-1", "a.b_c", "...", "_one"})
    void acceptsWhatKafkaAccepts(String name) {
        assertThat(TopicNames.refusalOf(name)).isEmpty();
    }

    @Test
    void warnsOfDotsMixedWithUnderscores() {
        assertThat(TopicNames.warningFor("a.b_c")).isPresent();
        assertThat(TopicNames.warningFor("a.b-c")).isEmpty();
    }

    @Test
    void findsTheTopicThatANewOneWouldCollideWith() {
        assertThat(TopicNames.collisionOf("a.b", List.of("x", "a_b"))).contains("a_b");
        assertThat(TopicNames.collisionOf("a.b", List.of("a.b", "a.c"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "commerce.order.placed",
                "a.b.c.d.e",
                "a..c.d",
                "A.b.c.d",
                "a.b.c.d-"
            })
    void seesWhatDoesNotFollowTheConvention(String name) {
        assertThat(TopicNames.followsConvention(name)).isFalse();
    }
}
