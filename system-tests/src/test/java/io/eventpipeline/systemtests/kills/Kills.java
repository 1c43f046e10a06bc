package io.eventpipeline.systemtests.kills;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.LocalBroker;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.systemtests.services.AskedPipeline;
import io.eventpipeline.systemtests.services.Rest;
import io.eventpipeline.systemtests.services.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Kills instances and brokers with SIGKILL in turn, and starts them again: an instance when others
 * have taken over, a broker after a while. Confined to one thread.
 */
final class Kills {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(3);
    private static final int RECORDS_MEANWHILE = 100;
    private static final List<PipelineTopic> ASKED =
            List.of(
                    PipelineTopic.ADDRESS_CHANGED,
                    PipelineTopic.ORDER_PLACED,
                    PipelineTopic.PAGE_VIEWED);

    private final AskedPipeline pipeline;
    private final KillsSettings settings;
    private final ShopLoad load;
    private final Asker asker;
    private final SplittableRandom random;
    private final List<Kill> done = new ArrayList<>();
    private CompletableFuture<Void> instance = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> broker = CompletableFuture.completedFuture(null);

    Kills(AskedPipeline pipeline, KillsSettings settings, ShopLoad load, Asker asker, long seed) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.load = load;
        this.asker = asker;
        random = new SplittableRandom(seed);
    }

    /** Kills as often as is set, one every interval, and returns when all is healed. */
    void strikeInTurn() {
        for (int number = 0; number < settings.kills(); number++) {
            Kill kill = number % 2 == 0 ? killInstance() : killBroker();
            awaitMoment(kill.struck() + settings.interval().toNanos());
            done.add(
                    new Kill(
                            kill.what(),
                            kill.isInstance(),
                            kill.struck(),
                            System.nanoTime(),
                            kill.lost()));
        }
        instance.join();
        broker.join();
    }

    /** What was killed. */
    List<Kill> done() {
        return done;
    }

    private Kill killInstance() {
        // Two instances at once are more than one standby can bear; so are two brokers.
        instance.join();
        Map<ServiceProcess, Set<Place>> places = new HashMap<>();
        await("each instance to tell what it reads")
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> {
                    for (ServiceProcess one : pipeline.instances()) {
                        places.put(one, places(one));
                    }
                    return places.values().stream().anyMatch(some -> !some.isEmpty());
                });
        ServiceProcess victim =
                pipeline.instances().stream()
                        .max(
                                Comparator.comparingInt(
                                        one -> places.getOrDefault(one, Set.of()).size()))
                        .orElseThrow();
        Set<Place> lost = places.getOrDefault(victim, Set.of());
        long struck = System.nanoTime();
        pipeline.kill(victim);
        asker.awaitActive(lost, struck, TIMEOUT);
        instance = CompletableFuture.runAsync(() -> pipeline.startAgain(victim));
        return new Kill(
                "kill -9 of %s with %d partitions".formatted(victim.name(), lost.size()),
                true,
                struck,
                struck,
                lost);
    }

    /** Whose keys an instance has; none if it cannot tell. */
    private Set<Place> places(ServiceProcess one) {
        JsonNode inputs =
                EventJson.mapper()
                        .readTree(Rest.get(one.uri("/actuator/streams")).body())
                        .path("inputs");
        Set<Place> places = new HashSet<>();
        for (JsonNode input : inputs) {
            for (PipelineTopic topic : ASKED) {
                if (input.path("topic").asString("").equals(pipeline.topics().name(topic))) {
                    places.add(new Place(topic, input.path("partition").asInt(0)));
                }
            }
        }
        return places;
    }

    private Kill killBroker() {
        broker.join();
        List<LocalBroker> brokers = pipeline.kafka().brokers();
        LocalBroker victim = brokers.get(random.nextInt(brokers.size()));
        long struck = System.nanoTime();
        victim.kill();
        load.awaitAcknowledged(RECORDS_MEANWHILE);
        awaitMoment(struck + BROKER_AWAY.toNanos());
        broker = CompletableFuture.runAsync(victim::start);
        return new Kill("kill -9 of broker " + victim.id(), false, struck, struck, Set.of());
    }

    private static void awaitMoment(long moment) {
        await("the next kill").atMost(TIMEOUT).until(() -> System.nanoTime() - moment >= 0);
    }
}
