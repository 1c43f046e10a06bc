package io.eventpipeline.streams;

import static io.eventpipeline.model.topic.PipelineTopic.ADDRESS_CHANGED;
import static io.eventpipeline.streams.RunningService.await;
import static io.eventpipeline.streams.RunningService.freePort;
import static io.eventpipeline.streams.Shop.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.json.EventJson;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two instances, each with a copy of what the other one has, on a real broker. In the last test one
 * goes without a word, as a killed one does: static members do not leave their group when they
 * close.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralInstancesIntegrationTests {

    private static final String STALE = "maxStaleness=PT5M";

    private final String environment = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> customers =
            IntStream.range(0, 24).mapToObj("customer-%02d"::formatted).toList();

    private RunningService.Topics topics;
    private RunningService one;
    private RunningService other;
    private Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit starts the services first.
    SeveralInstancesIntegrationTests() {}

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        topics = new RunningService.Topics(SharedCluster.kafka().bootstrapServers(), environment);
        one = start(freePort());
        other = start(freePort());
        one.ready();
        other.ready();
        customers.forEach(each -> topics.send(ADDRESS_CHANGED, address(each, "Weg 1"), each));
        await("both have keys")
                .until(() ->
                        customers.stream()
                                .map(this::owner)
                                .distinct()
                                .sorted()
                                .toList()
                                .equals(
                                        List.of(one, other).stream()
                                                .map(SeveralInstancesIntegrationTests::name)
                                                .sorted()
                                                .toList()));
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
        topics.close();
    }

    @Test
    @Order(1)
    @DisplayName("E5, E7 several instances answer for each other")
    void sendsAQuestionOnceToWhoHasTheKey() {
        String theirs = keyOf(other);

        HttpResponse<String> forwarded = one.get(path(theirs));
        assertThat(forwarded.statusCode()).isEqualTo(200);
        assertThat(header(forwarded, "Pipeline-Served-By")).isEqualTo(name(other));
        assertThat(header(forwarded, "Pipeline-Role")).isEqualTo("active");
        assertThat(Duration.parse(header(forwarded, "Pipeline-Staleness"))).isPositive();
        assertThat(one.getAsInstance(path(theirs)).statusCode()).isEqualTo(503);
        for (RunningService asked : List.of(one, other)) {
            for (String customer : customers) {
                await("an answer for " + customer)
                        .until(() -> asked.get(path(customer)).statusCode() == 200);
                assertThat(asked.get(path(customer)).body()).contains('"' + customer + '"');
            }
            assertThat(asked.get(path("nobody")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    @Order(2)
    void givesEachEntryOnceWhenPagesAreAskedOfOneAndTheOther() {
        assertThat(pages("/stores/addresses?limit=5")).isEqualTo(pages("/stores/addresses?"));
        assertThat(pages("/stores/addresses?limit=5"))
                .containsExactlyInAnyOrderElementsOf(customers);
        assertThat(pages("/stores/addresses?limit=1&prefix=customer-1"))
                .containsExactlyInAnyOrderElementsOf(customers.subList(10, 20));
        assertThat(pages("/stores/addresses?fromKey=customer-03&toKey=customer-05"))
                .containsExactlyInAnyOrderElementsOf(customers.subList(3, 6));
        assertThat(pages("/stores/addresses?" + STALE))
                .containsExactlyInAnyOrderElementsOf(customers);
    }

    @Test
    @Order(3)
    void answersFromTheStandbyWhenAnInstanceDiesAndSaysHowStale() throws Exception {
        String theirs = keyOf(other);
        String unknown =
                IntStream.range(0, 100)
                        .mapToObj("unknown-%d"::formatted)
                        .filter(each ->
                                header(one.get(path(each)), "Pipeline-Served-By")
                                        .equals(name(other)))
                        .findFirst()
                        .orElseThrow();
        await("the copy is complete")
                .until(() -> one.getAsInstance(path(theirs) + "?" + STALE).statusCode() == 200);
        other.close();

        assertThat(one.get(path(theirs)).statusCode()).isEqualTo(503);
        HttpResponse<String> stale = one.get(path(theirs) + "?" + STALE);
        assertThat(stale.statusCode()).isEqualTo(200);
        assertThat(stale.body()).contains("Weg 1");
        assertThat(header(stale, "Pipeline-Role")).isEqualTo("standby");
        assertThat(header(stale, "Pipeline-Served-By")).isEqualTo(name(one));
        assertThat(one.get(path(theirs) + "?maxStaleness=PT0S").statusCode()).isEqualTo(503);
        assertPartialWithout(theirs);
        answersThoughTheInstanceIsFrozen(theirs);

        topics.send(ADDRESS_CHANGED, address(theirs, "Weg 2"), theirs + "-moved");
        Instant moved = Instant.now();
        topics.send(ADDRESS_CHANGED, address(unknown, "Weg 1"), "new");
        await("the survivor takes over")
                .until(() -> {
                    Duration least = Duration.between(moved, Instant.now());
                    HttpResponse<String> old = one.get(path(theirs) + "?" + STALE);
                    if (old.statusCode() == 200 && old.body().contains("Weg 1")) {
                        // What the answer lacks is not older than it says.
                        assertThat(Duration.parse(header(old, "Pipeline-Staleness")))
                                .isGreaterThanOrEqualTo(least);
                    }
                    // Never "not found" for a key that exists.
                    assertThat(one.get(path(unknown) + "?" + STALE).statusCode()).isIn(200, 503);
                    HttpResponse<String> now = one.get(path(theirs));
                    return now.statusCode() == 200 && now.body().contains("Weg 2");
                });
        assertThat(header(one.get(path(theirs)), "Pipeline-Role")).isEqualTo("active");
    }

    private void assertPartialWithout(String theirs) {
        JsonNode partial = json(one.get("/stores/addresses"));
        assertThat(partial.get("partitions").intValue()).isBetween(1, 5);
        assertThat(partial.get("missing").toString()).contains(name(other) + " does not answer");
        assertThat(partial.toString()).doesNotContain('"' + theirs + '"');
        assertThat(partial.has("next")).isTrue();
        JsonNode whole = json(one.get("/stores/addresses?" + STALE));
        assertThat(whole.get("missing").isEmpty()).isTrue();
        assertThat(whole.toString()).contains('"' + theirs + '"');
        assertThat(one.get("/stores/addresses/" + theirs).statusCode()).isEqualTo(503);
        assertThat(one.get("/stores/addresses/" + theirs + "?" + STALE).body()).contains("Weg 1");
    }

    /** A frozen instance takes connections and says nothing. */
    private void answersThoughTheInstanceIsFrozen(String theirs) throws IOException {
        try (ServerSocket frozen = new ServerSocket(other.port())) {
            assertThat(frozen.isBound()).isTrue();
            Instant asked = Instant.now();
            assertThat(one.get(path(theirs) + "?" + STALE).statusCode()).isEqualTo(200);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(30));
        }
    }

    /** The keys of all pages, each page asked of the other instance. */
    private List<String> pages(String path) {
        List<String> keys = new ArrayList<>();
        String next = "";
        for (int asked = 0; next != null; asked++) {
            RunningService service = asked % 2 == 0 ? one : other;
            JsonNode page = json(service.get(path + next));
            assertThat(page.get("missing").isEmpty()).as(page.toString()).isTrue();
            page.get("entries").forEach(entry -> keys.add(entry.get("key").asString()));
            next = page.has("next") ? "&after=" + page.get("next").asString() : null;
        }
        return keys;
    }

    private String keyOf(RunningService service) {
        return customers.stream()
                .filter(each -> owner(each).equals(name(service)))
                .findFirst()
                .orElseThrow();
    }

    private String owner(String customer) {
        return one.get(path(customer)).headers().firstValue("Pipeline-Served-By").orElse("nobody");
    }

    private static String path(String customer) {
        return "/customers/" + customer + "/address";
    }

    private static String name(RunningService service) {
        return "localhost:" + service.port();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return EventJson.mapper().readTree(answer.body());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private RunningService start(int port) {
        return RunningService.start(
                SharedCluster.kafka().bootstrapServers(),
                environment,
                folder.resolve("state-" + port),
                port,
                // The least that a broker takes.
                "--spring.kafka.streams.properties.main.consumer.session.timeout.ms=6000",
                "--spring.kafka.streams.properties.num.standby.replicas=1");
    }
}
