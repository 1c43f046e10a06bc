package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.ALICE;
import static io.eventpipeline.producer.Orders.checkoutOf;
import static io.eventpipeline.producer.Orders.placedBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.FreePorts;
import io.eventpipeline.localcluster.LocalProcess;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.producer.Service.Answer;
import io.eventpipeline.producer.retries.ledger.Digest;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A request with an {@code Idempotency-Key} is done once, whichever of two instances it comes to,
 * at the same moment or later. On the shared broker.
 */
class RetriesIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String ENVIRONMENT = "retries";
    private static final String LEDGER = "platform.producer." + ENVIRONMENT + ".requests";
    private static final String ORDERS = "commerce.order." + ENVIRONMENT + ".placed";
    private static final String KEY = "Idempotency-Key";

    private static Service one;
    private static Service two;
    private static Answer beforeTwoStarted;

    @BeforeAll
    static void start() {
        one = instance("one");
        // On a slow machine Kafka may seem to be away for a moment.
        beforeTwoStarted =
                await().atMost(READY)
                        .until(
                                () ->
                                        one.post(
                                                "/orders",
                                                placedBy(ALICE, "early"),
                                                KEY,
                                                "\"early\""),
                                answer -> answer.status() == 200);
        two = instance("two");
    }

    private static Service instance(String name) {
        Service service =
                Service.on(
                        SharedCluster.kafka().bootstrapServers(),
                        "pipeline.environment=" + ENVIRONMENT,
                        "pipeline.producer.instance=" + name);
        await().atMost(READY).until(service::isReady);
        return service;
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    private static long storedUnder(String id) {
        return new Topics(SharedCluster.kafka().bootstrapServers())
                .read(ORDERS).stream().filter(stored -> stored.value().getId().equals(id)).count();
    }

    private static long endOfLedger() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", SharedCluster.kafka().bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(LEDGER).stream()
                            .map(info -> new TopicPartition(LEDGER, info.partition()))
                            .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    @Test
    void aRepeatGetsTheFirstAnswerAndIsNotSentAgain() {
        Answer first = one.post("/orders", placedBy(ALICE, "r-1"), KEY, "\"repeat\"");
        Answer again = one.post("/orders", placedBy(ALICE, "r-1"), KEY, "\"repeat\"");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(first.header("Idempotency-Expires")).endsWith("GMT");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Idempotency-Expires"))
                .isEqualTo(first.header("Idempotency-Expires"));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(storedUnder("repeat")).isEqualTo(1);
    }

    @Test
    void anInstanceThatStartsLaterKnowsWhatCameBefore() {
        Answer again = two.post("/orders", placedBy(ALICE, "early"), KEY, "\"early\"");

        assertThat(beforeTwoStarted.status()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.response().body()).isEqualTo(beforeTwoStarted.response().body());
    }

    @Test
    void ofManyAtOnceOnBothInstancesOneIsSent() {
        List<CompletableFuture<Answer>> racing =
                IntStream.range(0, 16)
                        .mapToObj(i ->
                                CompletableFuture.supplyAsync(() ->
                                        (i % 2 == 0 ? one : two)
                                                .post(
                                                        "/orders",
                                                        placedBy(ALICE, "race"),
                                                        KEY,
                                                        "\"race\"")))
                        .toList();
        List<Answer> answers = racing.stream().map(CompletableFuture::join).toList();

        assertThat(answers)
                .filteredOn(answer ->
                        answer.status() == 200 && answer.header("Idempotency-Replayed").isEmpty())
                .hasSize(1);
        assertThat(answers).extracting(Answer::status).containsOnly(200, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .allSatisfy(answer -> {
                    assertThat(answer.header("Retry-After")).isEqualTo("1");
                    assertThat(answer.header("Link"))
                            .isEqualTo(
                                    "<https://eventpipeline.io/problems/idempotency-conflict>;"
                                            + " rel=\"describedby\"");
                });
        assertThat(storedUnder("race")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/log-lines | text/plain | one line",
                "/topics/%1$s/records | application/json | {\"records\":[{\"value\":%2$s}]}",
                "/topics/%1$s | application/vnd.kafka.json.v2+json |"
                        + " {\"records\":[{\"value\":%2$s}]}",
                "/records | application/json |"
                        + " {\"records\":[{\"topic\":\"%1$s\",\"value\":%2$s}]}",
                "/records?atomic=true | application/json |"
                        + " {\"records\":[{\"topic\":\"%1$s\",\"value\":%2$s}]}",
                "/topics/ops.log.retries.line/records | text/plain | a raw line",
                "/checkouts | application/json | %3$s",
                "/events | application/cloudevents+json | {\"specversion\":\"1.0\",\"id\":\"e-1\","
                        + "\"source\":\"/shop\",\"type\":\"io.eventpipeline.order.placed.v1\","
                        + "\"data\":%2$s}",
            })
    void everyDoorKnowsARepeat(String path, String type, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(one.uri(path.formatted(ORDERS)))
                        .header("Content-Type", type)
                        .header(KEY, "\"" + path + "\"")
                        .POST(
                                BodyPublishers.ofString(
                                        body.formatted(
                                                ORDERS,
                                                placedBy(ALICE, "door"),
                                                checkoutOf(ALICE, "door"))));
        Answer first = one.exchange(request);
        assertThat(first.status()).as(first.response().body()).isEqualTo(200);

        Answer again = one.exchange(request);

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(again.response().body()).isEqualTo(first.response().body());
    }

    /** Its answer lies in another partition than its claim, and has to be read back as well. */
    @Test
    void aRepeatThatComesRightAfterTheAnswerOfATransactionGetsIt() {
        for (int i = 0; i < 50; i++) {
            String order = "right-after-" + i;
            String key = "\"" + order + "\"";
            Answer first = one.post("/checkouts", checkoutOf(ALICE, order), KEY, key);
            Answer again = one.post("/checkouts", checkoutOf(ALICE, order), KEY, key);

            assertThat(first.status()).as(first.response().body()).isEqualTo(200);
            assertThat(again.status()).as(again.response().body()).isEqualTo(200);
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        }
    }

    @Test
    void theKeyOfAnotherRequestIsRefused() {
        one.post("/orders", placedBy(ALICE, "m-1"), KEY, "\"mismatch\"");

        Answer other = one.post("/orders", placedBy(ALICE, "m-2"), KEY, "\"mismatch\"");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().get("type").stringValue())
                .isEqualTo("https://eventpipeline.io/problems/idempotency-mismatch");
        assertThat(other.header("Link")).contains("rel=\"describedby\"");
        assertThat(storedUnder("mismatch")).isEqualTo(1);
    }

    @Test
    void aBodyThatWasRefusedMayBeMendedUnderItsKey() {
        assertThat(one.post("/orders", "{}", KEY, "\"mended\"").status()).isEqualTo(422);

        assertThat(one.post("/orders", placedBy(ALICE, "mended"), KEY, "\"mended\"").status())
                .isEqualTo(200);
    }

    @Test
    void aRequestWithoutKeyCostsTheLedgerNothing() {
        long before = endOfLedger();

        assertThat(one.post("/orders", placedBy(ALICE, "plain")).status()).isEqualTo(200);

        assertThat(endOfLedger()).isEqualTo(before);
    }

    @Test
    void aClaimOfADeadInstanceIsKeptUntilItsLeaseEnds() {
        claimedBy("dead", "leased", Duration.ofSeconds(30));
        claimedBy("dead", "lapsed", Duration.ofSeconds(-1));

        await().atMost(READY)
                .untilAsserted(() ->
                        assertThat(
                                        one.post(
                                                        "/orders",
                                                        placedBy(ALICE, "l-1"),
                                                        KEY,
                                                        "\"leased\"")
                                                .status())
                                .isEqualTo(409));
        assertThat(one.post("/orders", placedBy(ALICE, "l-2"), KEY, "\"lapsed\"").status())
                .isEqualTo(200);
    }

    @Test
    void whatAnInstanceLeftInItsFormerLifeIsEndedAtOnce() {
        claimedBy("one", "former", Duration.ofSeconds(30));
        await().atMost(READY)
                .untilAsserted(() ->
                        assertThat(
                                        two.post(
                                                        "/orders",
                                                        placedBy(ALICE, "f-1"),
                                                        KEY,
                                                        "\"former\"")
                                                .status())
                                .isEqualTo(409));

        assertThat(one.post("/orders", placedBy(ALICE, "f-1"), KEY, "\"former\"").status())
                .isEqualTo(200);
    }

    /** As an instance leaves it behind that dies while it works on a request. */
    private static void claimedBy(String instance, String key, Duration lease) {
        Digest request = Digest.of("POST", "/orders", key);
        String claim =
                "{\"state\":\"CLAIMED\",\"claim\":1,\"instance\":\"%s\",\"life\":\"x\",\"until\":%d}"
                        .formatted(instance, System.currentTimeMillis() + lease.toMillis());
        append(request + "/claim", claim);
    }

    private static void append(String key, String line) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", SharedCluster.kafka().bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(LEDGER, 0, key, line.getBytes(UTF_8))).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void answersBeforeTheWorkIsDoneAndTellsTheOutcomeAnywhere() {
        Answer accepted = one.post("/orders", placedBy(ALICE, "later"), "Prefer", "respond-async");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(accepted.body().get("state").stringValue()).isEqualTo("pending");
        String location = accepted.header("Location");
        assertThat(location).isEqualTo("/deliveries/" + id(accepted));
        await().atMost(READY)
                .untilAsserted(() -> {
                    Answer outcome = two.get(location);
                    assertThat(outcome.status()).isEqualTo(200);
                    assertThat(outcome.body().get("state").stringValue()).isEqualTo("done");
                    assertThat(outcome.body().get("status").intValue()).isEqualTo(200);
                    assertThat(outcome.body().get("answer").get("topic").stringValue())
                            .isEqualTo(ORDERS);
                });
    }

    @Test
    void aRequestThatDiedWithItsInstanceIsUnknownAndNotForgotten() {
        Digest id = Digest.of("POST", "/orders", "died");
        String claim =
                "{\"state\":\"CLAIMED\",\"claim\":2,\"instance\":\"dead\",\"life\":\"x\","
                        + "\"delivery\":true,\"until\":"
                        + (System.currentTimeMillis() - 1)
                        + "}";
        append(id + "/claim", claim);

        await().atMost(READY)
                .untilAsserted(() ->
                        assertThat(two.get("/deliveries/" + id).body().path("state").asString())
                                .isEqualTo("unknown"));
    }

    @Test
    void aDeliveryThatNobodyPromisedIsNotFound() {
        one.post("/orders", placedBy(ALICE, "secret"), KEY, "\"secret\"");

        for (String id : List.of("nonsense", Digest.of("POST", "/orders", "secret").toString())) {
            Answer answer = one.get("/deliveries/" + id);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().get("type").stringValue()).endsWith("/unknown-delivery");
        }
    }

    private static String id(Answer accepted) {
        return accepted.body().get("deliveryId").stringValue();
    }

    /**
     * kill -9 while eight senders wait for answers; each then repeats under its key. Its next life
     * is in this JVM, which starts sooner.
     */
    @Test
    void whatWasUnderWayWhenTheServiceWasKilledIsThereOnceByItsId(@TempDir Path folder) {
        int port = FreePorts.take("127.0.0.1", 1).getFirst();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Service> next = new CompletableFuture<>();
        List<CompletableFuture<Answer>> last;
        try (LocalProcess process = process(port, folder);
                Service service = Service.at(port)) {
            process.start();
            await().atMost(READY).ignoreExceptions().until(service::isReady);
            last =
                    IntStream.range(0, 8)
                            .mapToObj(sender ->
                                    CompletableFuture.supplyAsync(
                                            () -> sendUntilKilled(service, next, sender, answered),
                                            Thread::startVirtualThread))
                            .toList();
            await().atMost(READY)
                    .until(() ->
                            answered.get() > 100
                                    || last.stream().anyMatch(CompletableFuture::isDone));
            process.kill();
        }
        try (Service restarted = instance("killed")) {
            next.complete(restarted);
            List<Answer> repeated = last.stream().map(CompletableFuture::join).toList();

            assertThat(repeated).extracting(Answer::status).containsOnly(200);
            Answer first = restarted.post("/orders", placedBy(ALICE, "0-0"), KEY, "\"kill-0-0\"");
            assertThat(first.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(
                            new Topics(SharedCluster.kafka().bootstrapServers())
                                    .read(ORDERS).stream()
                                            .map(stored -> stored.value().getId())
                                            .filter(id -> id.startsWith("kill-"))
                                            .distinct())
                    .hasSize(answered.get());
        }
    }

    /** One order after the other; the one that got no answer is sent again to the next life. */
    private static Answer sendUntilKilled(
            Service service, CompletableFuture<Service> next, int sender, AtomicInteger answered) {
        for (int i = 0; ; i++) {
            String order = sender + "-" + i;
            String key = "\"kill-" + order + "\"";
            try {
                Answer answer = service.post("/orders", placedBy(ALICE, order), KEY, key);
                assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
                answered.incrementAndGet();
            } catch (UncheckedIOException e) {
                Answer again = next.join().post("/orders", placedBy(ALICE, order), KEY, key);
                answered.incrementAndGet();
                return again;
            }
        }
    }

    private static LocalProcess process(int port, Path folder) {
        return ServiceProcess.of(
                "killed",
                port,
                SharedCluster.kafka().bootstrapServers(),
                folder,
                "pipeline.environment=" + ENVIRONMENT,
                "pipeline.producer.instance=killed");
    }
}
