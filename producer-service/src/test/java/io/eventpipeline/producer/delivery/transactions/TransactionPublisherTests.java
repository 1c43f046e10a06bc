package io.eventpipeline.producer.delivery.transactions;

import static io.eventpipeline.model.topic.PipelineTopic.ORDER_PLACED;
import static io.eventpipeline.model.topic.PipelineTopic.PAYMENT_CAPTURED;
import static io.eventpipeline.producer.delivery.DeliveryFailure.Outcome.NOT_WRITTEN;
import static io.eventpipeline.producer.delivery.DeliveryFailure.Outcome.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.producer.delivery.Admission;
import io.eventpipeline.producer.delivery.Admissions;
import io.eventpipeline.producer.delivery.DeliveryFailure;
import io.eventpipeline.producer.delivery.DeliveryResult;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.delivery.Receipt;
import io.eventpipeline.starter.problem.ProblemType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sender is told of a transaction, and what becomes of its producer, however it ends. */
class TransactionPublisherTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final TopicCatalogue catalogue = new TopicCatalogue("dev");
    private final List<MockProducer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();
    private Consumer<MockProducer<byte[], byte[]>> whenMade = _ -> {};
    private final TransactionMetrics metrics = new TransactionMetrics(new SimpleMeterRegistry());
    private final TransactionSlots slots = slots();

    private TransactionSlots slots() {
        return new TransactionSlots(
                "producer-service.dev.one",
                1,
                new TransactionalProducers() {
                    @Override
                    public Producer<byte[], byte[]> create(String transactionalId) {
                        MockProducer<byte[], byte[]> producer =
                                new MockProducer<>(
                                        true,
                                        null,
                                        new ByteArraySerializer(),
                                        new ByteArraySerializer());
                        whenMade.accept(producer);
                        made.add(producer);
                        return producer;
                    }

                    @Override
                    public void closed(String transactionalId, Producer<byte[], byte[]> producer) {}
                },
                Duration.ofSeconds(1),
                metrics);
    }

    private TransactionPublisher publisher() {
        return publisher(Admissions.upTo(1_000));
    }

    private TransactionPublisher publisher(Admission admission) {
        return publisher(admission, Duration.ofMillis(50));
    }

    private TransactionPublisher publisher(Admission admission, Duration maxWait) {
        return new TransactionPublisher(
                admission, slots, Admissions.metrics(), metrics, maxWait, DEADLINE);
    }

    private void open() {
        slots.openAll();
        await().atMost(SOON).until(() -> slots.open() == slots.size());
    }

    @AfterEach
    void stop() {
        slots.stop();
    }

    private OutgoingRecord record(PipelineTopic topic, String value) {
        TopicDefinition definition = catalogue.get(topic);
        return new OutgoingRecord(
                value,
                definition,
                definition.profile(),
                null,
                "alice".getBytes(UTF_8),
                value.getBytes(UTF_8),
                new RecordHeaders(),
                1_000);
    }

    private List<OutgoingRecord> orderAndPayment() {
        return List.of(record(ORDER_PLACED, "order"), record(PAYMENT_CAPTURED, "payment"));
    }

    private static List<DeliveryFailure> failures(List<DeliveryResult> results) {
        return results.stream().map(DeliveryFailure.class::cast).toList();
    }

    @Test
    void givesAReceiptForEachOnceAllAreCommitted() {
        open();

        List<DeliveryResult> results = publisher().publish(orderAndPayment());

        assertThat(results).hasOnlyElementsOfType(Receipt.class).hasSize(2);
        assertThat(made.getFirst().commitCount()).isEqualTo(1);
        assertThat(made.getFirst().history()).hasSize(2);
    }

    @Test
    void storesWhatFollowsFromTheReceiptsInTheSameTransaction() {
        open();
        List<Receipt> seen = new ArrayList<>();

        List<DeliveryResult> results =
                publisher()
                        .publish(
                                orderAndPayment(),
                                DEADLINE,
                                receipts -> {
                                    seen.addAll(receipts);
                                    assertThat(made.getFirst().commitCount()).isZero();
                                    return List.of(record(ORDER_PLACED, "outcome"));
                                });

        assertThat(results).isEqualTo(seen);
        assertThat(made.getFirst().history()).hasSize(3);
        assertThat(made.getFirst().commitCount()).isEqualTo(1);
    }

    @Test
    void abortsAndGoesOnIfWhatFollowsCannotBeMade() {
        open();

        assertThatThrownBy(() ->
                        publisher()
                                .publish(
                                        orderAndPayment(),
                                        DEADLINE,
                                        _ -> {
                                            throw new IllegalArgumentException("a defect");
                                        }))
                .hasMessage("a defect");

        await().atMost(SOON).until(() -> made.getFirst().transactionAborted());
        await().atMost(SOON)
                .until(() -> publisher().publish(orderAndPayment()).getFirst() instanceof Receipt);
        assertThat(made).hasSize(1);
    }

    @Test
    void writesNothingIfOneRecordIsRefused() {
        open();
        made.getFirst().sendException = new RecordTooLargeException("too large");

        List<DeliveryFailure> failures = failures(publisher().publish(orderAndPayment()));

        assertThat(failures)
                .allSatisfy(failure -> {
                    assertThat(failure.outcome()).isEqualTo(NOT_WRITTEN);
                    assertThat(failure.type()).isEqualTo(ProblemType.TOO_LARGE);
                });
        assertThat(failures.getLast().detail()).contains("record 0");
        await().atMost(SOON).until(() -> made.getFirst().transactionAborted());
        assertThat(made.getFirst().commitCount()).isZero();
        assertThat(made).hasSize(1);
    }

    @Test
    void saysUnknownIfTheCommitIsNotConfirmedAndRenewsTheProducer() {
        open();
        made.getFirst().commitTransactionException = new TimeoutException("no answer");

        List<DeliveryFailure> failures = failures(publisher().publish(orderAndPayment()));

        assertThat(failures)
                .allSatisfy(failure -> {
                    assertThat(failure.outcome()).isEqualTo(UNKNOWN);
                    assertThat(failure.type()).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
                });
        await().atMost(SOON).until(() -> made.size() == 2 && slots.open() == 1);
        assertThat(made.getFirst().closed()).isTrue();
        assertThat(publisher().publish(orderAndPayment())).hasOnlyElementsOfType(Receipt.class);
    }

    @Test
    void triesAgainIfTheProducerTurnsOutToBeDead() {
        open();
        made.getFirst().fenceProducer();

        assertThat(publisher(Admissions.upTo(1_000), SOON).publish(orderAndPayment()))
                .hasOnlyElementsOfType(Receipt.class);

        assertThat(made).hasSize(2);
    }

    @Test
    void givesUpWithTheSecondDeadProducer() {
        whenMade = producer -> producer.sendException = new InvalidProducerEpochException("dead");
        open();

        List<DeliveryFailure> failures =
                failures(publisher(Admissions.upTo(1_000), SOON).publish(orderAndPayment()));

        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure.outcome()).isEqualTo(NOT_WRITTEN))
                .allSatisfy(failure ->
                        assertThat(failure.type()).isEqualTo(ProblemType.KAFKA_UNAVAILABLE));
        await().atMost(SOON).until(() -> made.size() == 3 && slots.open() == 1);
    }

    @Test
    void refusesWhileNoProducerIsFree() {
        List<DeliveryFailure> failures = failures(publisher().publish(orderAndPayment()));

        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> {
                    assertThat(failure.type()).isEqualTo(ProblemType.OVERLOADED);
                    assertThat(failure.outcome()).isEqualTo(NOT_WRITTEN);
                });
    }

    @Test
    void refusesAtOnceWhileKafkaIsAway() {
        assertThat(failures(publisher(Admissions.away()).publish(orderAndPayment())))
                .allSatisfy(failure ->
                        assertThat(failure.type()).isEqualTo(ProblemType.KAFKA_UNAVAILABLE));
    }

    @Test
    void waitsUntilKafkaTakesTheProducers() {
        whenMade =
                producer ->
                        producer.initTransactionException =
                                made.isEmpty() ? new ProducerFencedException("once") : null;

        open();

        assertThat(made).hasSize(2);
        assertThat(made.getFirst().closed()).isTrue();
    }

    @Test
    void closesItsProducersAndTakesNoMoreWhenItStops() {
        open();

        slots.stop();

        assertThat(made.getFirst().closed()).isTrue();
        assertThat(failures(publisher().publish(orderAndPayment())))
                .allSatisfy(failure -> assertThat(failure.outcome()).isEqualTo(NOT_WRITTEN));
    }
}
