package io.eventpipeline.streams;

import static io.eventpipeline.model.topic.PipelineTopic.ADDRESS_CHANGED;
import static io.eventpipeline.streams.RunningService.await;
import static io.eventpipeline.streams.RunningService.freePort;
import static io.eventpipeline.streams.Shop.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.localcluster.SharedCluster;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances, each with a copy of what the other one has, on a real broker. One goes without a
 * word, as a killed one does: static members do not leave their group when they close.
 */
class StandbyIntegrationTests {

    private static final String STALE = "?maxStaleness=PT5M";

    private final String environment = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> customers =
            IntStream.range(0, 24).mapToObj(i -> "customer-" + i).toList();

    @TempDir Path folder;

    @Test
    void answersFromTheStandbyWhenAnInstanceDiesAndSaysHowStale() throws Exception {
        int deadPort = freePort();
        try (RunningService survivor = start(freePort()).ready();
                RunningService.Topics topics =
                        new RunningService.Topics(
                                SharedCluster.kafka().bootstrapServers(), environment)) {
            String theirs;
            try (RunningService dead = start(deadPort).ready()) {
                customers.forEach(
                        each -> topics.send(ADDRESS_CHANGED, address(each, "Weg 1"), each));
                await("both are active")
                        .until(() ->
                                ownersOf(survivor).contains(name(dead.port()))
                                        && ownersOf(survivor).contains(name(survivor.port())));
                theirs =
                        customers.stream()
                                .filter(each -> ownerOf(survivor, each).equals(name(dead.port())))
                                .findFirst()
                                .orElseThrow();
                await("the copy is complete")
                        .until(() ->
                                survivor.getAsInstance(path(theirs) + STALE).statusCode() == 200);
                assertThat(survivor.getAsInstance(path(theirs)).statusCode()).isEqualTo(503);
                HttpResponse<String> forwarded = survivor.get(path(theirs) + STALE);
                assertThat(header(forwarded, "Pipeline-Role")).isEqualTo("active");
                assertThat(header(forwarded, "Pipeline-Served-By")).isEqualTo(name(dead.port()));
            }

            assertThat(survivor.get(path(theirs)).statusCode()).isEqualTo(503);
            HttpResponse<String> stale = survivor.get(path(theirs) + STALE);
            assertThat(stale.statusCode()).isEqualTo(200);
            assertThat(stale.body()).contains("Weg 1");
            assertThat(header(stale, "Pipeline-Role")).isEqualTo("standby");
            assertThat(header(stale, "Pipeline-Served-By")).isEqualTo(name(survivor.port()));
            assertThat(survivor.get(path(theirs) + "?maxStaleness=PT0S").statusCode())
                    .isEqualTo(503);

            try (ServerSocket frozen = new ServerSocket(deadPort)) {
                assertThat(frozen.isBound()).isTrue();
                Instant asked = Instant.now();
                assertThat(survivor.get(path(theirs) + STALE).statusCode()).isEqualTo(200);
                assertThat(Duration.between(asked, Instant.now()))
                        .isLessThan(Duration.ofSeconds(30));
            }

            topics.send(ADDRESS_CHANGED, address(theirs, "Weg 2"), theirs + "-moved");
            Instant moved = Instant.now();
            topics.send(ADDRESS_CHANGED, address("new-" + theirs, "Weg 1"), "new");
            await("the survivor takes over")
                    .until(() -> {
                        Duration least = Duration.between(moved, Instant.now());
                        HttpResponse<String> old = survivor.get(path(theirs) + STALE);
                        if (old.statusCode() == 200 && old.body().contains("Weg 1")) {
                            // What the answer lacks is not older than it says.
                            assertThat(Duration.parse(header(old, "Pipeline-Staleness")))
                                    .isGreaterThanOrEqualTo(least);
                        }
                        assertThat(survivor.get(path("new-" + theirs) + STALE).statusCode())
                                .isIn(200, 503);
                        HttpResponse<String> now = survivor.get(path(theirs));
                        return now.statusCode() == 200 && now.body().contains("Weg 2");
                    });
            assertThat(header(survivor.get(path(theirs)), "Pipeline-Role")).isEqualTo("active");
        }
    }

    private List<String> ownersOf(RunningService asked) {
        return customers.stream().map(each -> ownerOf(asked, each)).toList();
    }

    private static String ownerOf(RunningService asked, String customer) {
        return asked.get(path(customer))
                .headers()
                .firstValue("Pipeline-Served-By")
                .orElse("nobody");
    }

    private static String path(String customer) {
        return "/customers/" + customer + "/address";
    }

    private static String name(int port) {
        return "localhost:" + port;
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
                "--spring.kafka.streams.properties.num.standby.replicas=1");
    }
}
