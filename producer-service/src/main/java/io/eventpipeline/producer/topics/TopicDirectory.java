package io.eventpipeline.producer.topics;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.eventpipeline.model.topic.CleanupPolicy;
import io.eventpipeline.model.topic.DeliveryProfile;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicDefinition.Audience;
import io.eventpipeline.model.topic.TopicNames;
import io.eventpipeline.starter.kafka.KafkaAvailability;
import io.eventpipeline.starter.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;

/**
 * Says whether a topic can be sent to, from what is known of the cluster. Who asks for a topic for
 * the first time waits for one answer of the cluster; afterwards nobody waits: facts are renewed in
 * the background, and that a topic does not exist is remembered for a while. Thread-safe.
 */
public final class TopicDirectory {

    private static final Duration TIMEOUT = Duration.ofMillis(1_500);
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int MOST_TOPICS = 10_000;
    private static final List<String> DERIVED =
            List.of("-changelog", "-repartition", TopicDefinition.DEAD_LETTER_SUFFIX);

    private final TopicCatalogue catalogue;
    private final TopicsProperties properties;
    private final KafkaAvailability kafka;
    private final Admin admin;
    private final AsyncLoadingCache<String, Optional<TopicFacts>> facts;
    private final Map<String, Outside> outside = new ConcurrentHashMap<>();

    TopicDirectory(
            TopicCatalogue catalogue,
            TopicsProperties properties,
            KafkaAvailability kafka,
            Admin admin) {
        this.catalogue = catalogue;
        this.properties = properties;
        this.kafka = kafka;
        this.admin = admin;
        this.facts =
                Caffeine.newBuilder()
                        .maximumSize(MOST_TOPICS)
                        .refreshAfterWrite(properties.refresh())
                        .expireAfter(
                                Expiry.<String, Optional<TopicFacts>>writing((_, known) ->
                                        known.isPresent()
                                                ? properties.refresh().multipliedBy(20)
                                                : properties.unknownFor()))
                        .buildAsync((topic, _) -> TopicFacts.ask(admin, topic, TIMEOUT));
    }

    /**
     * The topic with that name.
     *
     * @throws org.springframework.web.ErrorResponseException 404 if it does not exist or is not
     *     meant for senders, 503 if the cluster does not say
     */
    public AvailableTopic require(String name) {
        return find(name)
                .orElseThrow(() ->
                        ProblemType.UNKNOWN_TOPIC.exception(
                                "There is no topic '" + name + "' that can be sent to"));
    }

    /**
     * The topic with that name; empty if it does not exist or is not meant for senders.
     *
     * @throws org.springframework.web.ErrorResponseException 503 if the cluster does not say
     */
    public Optional<AvailableTopic> find(String name) {
        Optional<TopicDefinition> declared = catalogue.find(name);
        if (declared.isPresent()) {
            return declared.filter(topic -> topic.audience() == Audience.SENDERS)
                    .map(this::catalogued);
        }
        // Only names that are allowed get into the map; to match them again costs more than the
        // rest.
        if (!outside.containsKey(name) && !isAllowed(name)) {
            return Optional.empty();
        }
        Optional<TopicFacts> known = factsOf(name).filter(topic -> !topic.internal());
        if (known.isEmpty()) {
            outside.remove(name);
            return Optional.empty();
        }
        Outside made = outside.get(name);
        if (made == null || !made.facts().equals(known.get())) {
            made = new Outside(known.get(), outsideTheCatalogue(name, known.get()));
            outside.put(name, made);
        }
        return Optional.of(made.topic());
    }

    /** A topic outside the catalogue, made once for all requests until its facts are renewed. */
    private record Outside(TopicFacts facts, AvailableTopic topic) {}

    /**
     * All topics that can be sent to: those of the catalogue in its order, then by name those that
     * the allow-list names and the cluster has.
     *
     * @throws org.springframework.web.ErrorResponseException 503 if there is an allow-list and the
     *     cluster does not say
     */
    public List<AvailableTopic> all() {
        return Stream.concat(
                        catalogued().stream().map(TopicDefinition::name),
                        namesInTheCluster().filter(name -> catalogue.find(name).isEmpty()).sorted())
                .flatMap(name -> find(name).stream())
                .toList();
    }

    private Stream<String> namesInTheCluster() {
        if (properties.allowed().isEmpty()) {
            return Stream.empty();
        }
        requireKafka();
        return await(
                admin.listTopics(new ListTopicsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                        .names()
                        .toCompletionStage()
                        .toCompletableFuture())
                .stream();
    }

    /** The topics of the catalogue that are meant for senders, in its order. */
    public List<TopicDefinition> catalogued() {
        return catalogue.all().stream()
                .filter(topic -> topic.audience() == Audience.SENDERS)
                .toList();
    }

    /** Whether senders may write to a topic of that name, should the cluster have it. */
    public boolean isForSenders(String name) {
        return catalogue
                .find(name)
                .map(topic -> topic.audience() == Audience.SENDERS)
                .orElseGet(() -> isAllowed(name));
    }

    /** The allow-list for topics outside the catalogue. */
    public List<String> allowed() {
        return properties.allowed();
    }

    private boolean isAllowed(String name) {
        return TopicNames.refusalOf(name).isEmpty()
                && DERIVED.stream().noneMatch(name::endsWith)
                && !TopicDefinition.isRetry(name)
                && properties.allows(name);
    }

    /** What the catalogue says is enough while the cluster does not answer. */
    private AvailableTopic catalogued(TopicDefinition declared) {
        CompletableFuture<Optional<TopicFacts>> asked =
                kafka.isAvailable()
                        ? facts.get(declared.name())
                        : facts.getIfPresent(declared.name());
        Optional<TopicFacts> known =
                asked != null && asked.isDone() && !asked.isCompletedExceptionally()
                        ? asked.resultNow()
                        : Optional.empty();
        return new AvailableTopic(
                declared,
                known.map(TopicFacts::partitions).orElse(declared.partitions()),
                known.map(TopicFacts::maxRecordBytes).orElse(Integer.MAX_VALUE),
                true);
    }

    private static AvailableTopic outsideTheCatalogue(String name, TopicFacts known) {
        TopicDefinition definition =
                new TopicDefinition(
                        name,
                        known.partitions(),
                        known.cleanup(),
                        known.cleanup() == CleanupPolicy.COMPACT ? null : known.retention(),
                        DeliveryProfile.CRITICAL,
                        null,
                        false,
                        Audience.SENDERS);
        return new AvailableTopic(definition, known.partitions(), known.maxRecordBytes(), false);
    }

    private Optional<TopicFacts> factsOf(String name) {
        CompletableFuture<Optional<TopicFacts>> known = facts.getIfPresent(name);
        if (known == null || !known.isDone()) {
            requireKafka();
            known = facts.get(name);
        }
        return await(known);
    }

    private void requireKafka() {
        if (!kafka.isAvailable()) {
            throw ProblemType.KAFKA_UNAVAILABLE.exception(
                    kafka.reason().orElse("Kafka is away") + "; nothing was sent",
                    RETRY_AFTER_SECONDS);
        }
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent();
        } catch (ExecutionException | TimeoutException e) {
            throw silent();
        }
    }

    private static RuntimeException silent() {
        return ProblemType.KAFKA_UNAVAILABLE.exception(
                "Kafka did not say in time which topics exist; nothing was sent",
                RETRY_AFTER_SECONDS);
    }
}
