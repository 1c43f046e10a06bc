package io.eventpipeline.standalone.cli;

import io.eventpipeline.model.topic.ProvisioningException;
import io.eventpipeline.model.topic.ProvisioningReport.Drift;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.model.topic.TopicProvisioner;
import io.eventpipeline.standalone.instance.PipelineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./pipeline topics}: what the catalogue declares, and where the cluster differs from it.
 */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Lists the catalogue's topics and where the cluster differs; changes nothing.")
final class TopicsCommand implements Callable<Integer> {

    @Mixin private ClusterOptions cluster = new ClusterOptions();

    /** Needed by picocli. */
    TopicsCommand() {}

    @Override
    public Integer call() {
        TopicCatalogue catalogue = cluster.catalogue();
        List<Drift> drifts = cluster.inspect(catalogue);
        System.out.printf("%-46s %10s  %s%n", "topic", "partitions", "state");
        for (TopicDefinition topic : catalogue.all()) {
            List<Drift> own =
                    drifts.stream().filter(drift -> drift.topic().equals(topic.name())).toList();
            String state = "as declared";
            if (own.stream().anyMatch(drift -> drift.property().equals("topic"))) {
                state = "missing";
            } else if (!own.isEmpty()) {
                state = "differs";
            }
            System.out.printf("%-46s %10d  %s%n", topic.name(), topic.partitions(), state);
        }
        drifts.stream()
                .filter(drift -> !drift.property().equals("topic"))
                .forEach(drift -> System.out.println("  " + drift));
        return 0;
    }

    /**
     * {@code ./pipeline topics grow}: more partitions for a topic with keys and all joined with it.
     */
    @Command(
            name = "grow",
            mixinStandardHelpOptions = true,
            description =
                    "Gives a topic with keys more partitions. Keys move: order across the change is"
                            + " lost, and state that lies by key is orphaned.")
    int grow(
            @Mixin ClusterOptions where,
            @Parameters(paramLabel = "TOPIC", description = "the topic's full name") String topic,
            @Parameters(paramLabel = "PARTITIONS", description = "how many it shall have")
                    int partitions,
            @Option(
                            names = "--with",
                            required = true,
                            split = ",",
                            paramLabel = "TOPICS",
                            description =
                                    "the topics that are joined with it and grow along, separated"
                                            + " by commas; none if it is joined with no other")
                    List<String> joinedWith,
            @Option(names = "--yes", description = "do not ask") boolean yes) {
        TopicCatalogue catalogue = where.catalogue();
        TopicDefinition grown = find(catalogue, topic);
        List<TopicDefinition> along =
                joinedWith.equals(List.of("none"))
                        ? List.of()
                        : joinedWith.stream().map(name -> find(catalogue, name)).toList();
        if (!yes
                && !Terminal.agreesTo(
                        "Keys of %s will move to other partitions. Grow it to %d?"
                                .formatted(grown.name(), partitions))) {
            System.out.println("Nothing was changed.");
            return 1;
        }
        try {
            where.provision(provisioner -> provisioner.growKeyed(grown, partitions, along));
        } catch (IllegalArgumentException e) {
            throw new PipelineException(e.getMessage() + ".", e);
        }
        System.out.printf(
                "%s and what belongs to it have %d partitions now; raise the number in the"
                        + " catalogue too.%n",
                topic, partitions);
        return 0;
    }

    private static TopicDefinition find(TopicCatalogue catalogue, String name) {
        return catalogue
                .find(name)
                .orElseThrow(() ->
                        new PipelineException(
                                "%s is not in the catalogue: ./pipeline topics lists it."
                                        .formatted(name)));
    }

    /** Which cluster, and what it is expected to hold. */
    static final class ClusterOptions {

        private static final Duration TIMEOUT = Duration.ofSeconds(10);

        @Option(
                names = "--bootstrap-servers",
                paramLabel = "HOST:PORT",
                defaultValue = "localhost:9092",
                description = "the brokers; ${DEFAULT-VALUE} if not given")
        private String bootstrapServers = "localhost:9092";

        @Option(
                names = "--environment",
                paramLabel = "NAME",
                defaultValue = "dev",
                description = "the third part of the topics' names; ${DEFAULT-VALUE} if not given")
        private String environment = "dev";

        @Option(
                names = "--replication-factor",
                paramLabel = "N",
                description =
                        "copies of each topic; as many as there are brokers, at most 3, if not"
                                + " given")
        private @Nullable Integer replicationFactor;

        TopicCatalogue catalogue() {
            return new TopicCatalogue(environment);
        }

        List<Drift> inspect(TopicCatalogue catalogue) {
            return ask((admin, replicas) ->
                    new TopicProvisioner(admin, replicas, TIMEOUT).inspect(catalogue.all()));
        }

        void provision(Consumer<TopicProvisioner> work) {
            var _ =
                    ask((admin, replicas) -> {
                        work.accept(new TopicProvisioner(admin, replicas, TIMEOUT));
                        return true;
                    });
        }

        private <T> T ask(BiFunction<Admin, Integer, T> question) {
            Map<String, Object> settings =
                    Map.of(
                            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            (int) TIMEOUT.toMillis(),
                            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                            (int) TIMEOUT.toMillis());
            try (Admin admin = Admin.create(settings)) {
                return question.apply(admin, replicas(admin));
            } catch (ProvisioningException e) {
                throw new PipelineException(
                        "%s at %s: %s."
                                .formatted(
                                        e.getMessage(),
                                        bootstrapServers,
                                        e.getCause() == null ? "" : e.getCause().getMessage()),
                        e);
            }
        }

        private int replicas(Admin admin) {
            if (replicationFactor != null) {
                return replicationFactor;
            }
            try {
                return Math.min(
                        3,
                        admin.describeCluster()
                                .nodes()
                                .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                                .size());
            } catch (ExecutionException | TimeoutException e) {
                throw new PipelineException(
                        "No Kafka answers at %s: start it with ./pipeline up, or name it with --bootstrap-servers."
                                .formatted(bootstrapServers),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PipelineException("Interrupted.", e);
            }
        }
    }
}
