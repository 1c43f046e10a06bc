package io.eventpipeline.model.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.ops.ServerAlert;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCatalogueTests {

    private final TopicCatalogue catalogue = new TopicCatalogue("dev");

    @ParameterizedTest
    @EnumSource(PipelineTopic.class)
    void everyNameFollowsTheConvention(PipelineTopic topic) {
        assertThat(TopicNames.followsConvention(catalogue.name(topic))).isTrue();
        assertThat(TopicNames.warningFor(catalogue.name(topic))).isEmpty();
    }

    @Test
    void aRetryTopicIsKnownByItsNameAndTakesWhateverItsTopicTook() {
        TopicDefinition orders = catalogue.get(PipelineTopic.ORDER_PLACED);
        TopicDefinition retry = orders.retry(12);

        assertThat(retry.name()).isEqualTo(orders.name() + "-retry-12");
        assertThat(retry.partitions()).isEqualTo(orders.partitions());
        assertThat(retry.configs(1)).isEqualTo(orders.deadLetter().configs(1));
        assertThat(TopicDefinition.isRetry(retry.name())).isTrue();
        assertThat(TopicDefinition.isRetry(orders.deadLetter().name())).isFalse();
        assertThat(TopicDefinition.withoutRetrySuffix(retry.name())).isEqualTo(orders.name());
        assertThat(TopicDefinition.withoutRetrySuffix("a-retry-b")).isEqualTo("a-retry-b");
    }

    @Test
    void everyTopicButAServicesOwnHasADeadLetterTopicWithAsManyPartitions() {
        assertThat(
                        Arrays.stream(PipelineTopic.values())
                                .filter(t -> !t.name().startsWith("CONNECT"))
                                .filter(t -> t != PipelineTopic.PRODUCER_REQUESTS))
                .allSatisfy(topic ->
                        assertThat(catalogue.find(catalogue.deadLetterName(topic)))
                                .hasValueSatisfying(letter -> {
                                    assertThat(letter.partitions())
                                            .isEqualTo(catalogue.get(topic).partitions());
                                    assertThat(letter.profile())
                                            .isEqualTo(DeliveryProfile.CRITICAL);
                                }));
        assertThat(catalogue.find(catalogue.deadLetterName(PipelineTopic.CONNECT_STATUS)))
                .isEmpty();
        assertThat(catalogue.find(catalogue.deadLetterName(PipelineTopic.PRODUCER_REQUESTS)))
                .isEmpty();
    }

    @Test
    void theLedgerOfRequestsIsCompactedAndForgottenWithinHoursOfItsRetention() {
        assertThat(catalogue.get(PipelineTopic.PRODUCER_REQUESTS).configs(1))
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", "86400000")
                .containsEntry("segment.ms", "3600000");
    }

    @Test
    void aLetterHasRoomForARecordThatJustFitIntoItsTopicAndForItsReason() {
        int largestRecord = 1_048_588; // The broker's default of message.max.bytes.
        TopicDefinition letters = catalogue.get(PipelineTopic.ORDER_PLACED).deadLetter();

        assertThat(letters.configs(1))
                .hasEntrySatisfying(
                        "max.message.bytes",
                        bytes ->
                                assertThat(Integer.parseInt(bytes))
                                        .isGreaterThan(largestRecord + 512 * 1024));
    }

    @Test
    void findsTopicsByEventType() {
        assertThat(catalogue.findByType(OrderPlaced.class))
                .containsExactly(catalogue.get(PipelineTopic.ORDER_PLACED));
        assertThat(catalogue.findByType(ServerAlert.class)).hasSize(2);
    }

    @Test
    void threeCopiesNeedTwoInSync() {
        TopicDefinition orders = catalogue.get(PipelineTopic.ORDER_PLACED);

        assertThat(orders.configs(3)).containsEntry("min.insync.replicas", "2");
        assertThat(orders.configs(1)).containsEntry("min.insync.replicas", "1");
    }

    @Test
    void theSharedTopicsOfAJoinAreCoPartitionedAndTheProductsAreNot() {
        int orders = catalogue.get(PipelineTopic.ORDER_PLACED).partitions();

        assertThat(catalogue.get(PipelineTopic.ADDRESS_CHANGED).partitions()).isEqualTo(orders);
        assertThat(catalogue.get(PipelineTopic.PRODUCT_LISTED).partitions()).isNotEqualTo(orders);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Dev", "a.b", "a b", "-a", "a--b", "ü"})
    void refusesAnEnvironmentThatCannotBePartOfAName(String environment) {
        assertThatThrownBy(() -> new TopicCatalogue(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + environment + "'");
    }
}
