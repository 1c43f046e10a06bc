package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.instance.RunningInstance;
import io.eventpipeline.standalone.instance.ServiceDefinition;
import io.eventpipeline.standalone.instance.ServiceHold;
import io.eventpipeline.standalone.reset.ApplicationReset;
import io.eventpipeline.standalone.reset.ResetPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./pipeline streams}: work on the application of streams-service as a whole. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Work on the Kafka Streams application as a whole.")
final class StreamsCommand {

    private static final int NOT_DONE = 1;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final String SERVICE = "streams-service";
    private static final String APPLICATION = "streams-dev";
    private static final String BROKERS = "localhost:9092";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    // A static member that was stopped counts until its session ends.
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    /** Needed by picocli. */
    StreamsCommand() {}

    /** {@code ./pipeline streams reset}. */
    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description =
                    "Says what a reset would delete; with --execute, and the application's id as"
                            + " confirmation, deletes it: offsets, internal topics and the state"
                            + " on this machine. All input is processed again then. The service of"
                            + " a running ./pipeline up is stopped meanwhile.")
    int reset(
            @Mixin InstanceOptions instance,
            @Option(
                            names = "--bootstrap-servers",
                            paramLabel = "HOST:PORT",
                            defaultValue = BROKERS,
                            description = "the brokers; ${DEFAULT-VALUE} if not given")
                    String bootstrapServers,
            @Option(
                            names = "--application-id",
                            paramLabel = "ID",
                            defaultValue = APPLICATION,
                            description = "which application; ${DEFAULT-VALUE} if not given")
                    String applicationId,
            @Option(
                            names = "--state-dir",
                            paramLabel = "FOLDER",
                            description =
                                    "pipeline.streams.state-dir of the service; data/streams if not"
                                            + " given")
                    @Nullable Path stateDir,
            @Option(names = "--execute", description = "do it, not only say it") boolean execute,
            @Option(
                            names = "--confirm",
                            paramLabel = "ID",
                            description =
                                    "the application's id again, for scripts; asked for otherwise")
                    @Nullable String confirmation) {
        Path state = stateDir == null ? instance.data().streams() : stateDir;
        Map<String, Object> settings =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        TIMEOUT_MILLIS,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            ApplicationReset reset = new ApplicationReset(admin, applicationId, state);
            ResetPlan plan = reset.plan();
            show(plan, state);
            if (!execute || plan.isEmpty()) {
                System.out.println(
                        plan.isEmpty()
                                ? "There is nothing to do."
                                : "Nothing was changed: --execute does it.");
                return 0;
            }
            boolean ours =
                    stateDir == null
                            && applicationId.equals(APPLICATION)
                            && bootstrapServers.equals(BROKERS)
                            && ServiceHold.isRunning(instance.data(), SERVICE);
            if ((ours || plan.members().isEmpty()) && !isConfirmed(applicationId, confirmation)) {
                System.out.println("That is not " + applicationId + ". Nothing was changed.");
                return NOT_DONE;
            }
            if (ours) {
                resetStopped(reset, instance);
            } else {
                reset.execute(plan);
            }
            System.out.println("Done. Delete the folder of state on other machines, too.");
            return ours ? awaitReady(instance) : 0;
        }
    }

    /** With the service of the instance on this folder stopped meanwhile. */
    private static void resetStopped(ApplicationReset reset, InstanceOptions instance) {
        try (ServiceHold hold = ServiceHold.take(instance.data(), SERVICE)) {
            System.out.println("Stopping " + SERVICE + ".");
            hold.awaitStopped(STOP_TIMEOUT);
            reset.execute(reset.planWithoutMembers(SESSION_TIMEOUT));
        }
    }

    private static int awaitReady(InstanceOptions instance) {
        System.out.println("Starting " + SERVICE + " again.");
        ServiceDefinition service =
                instance.services(instance.brokers(null)).stream()
                        .filter(each -> each.name().equals(SERVICE))
                        .findFirst()
                        .orElseThrow();
        if (new RunningInstance(instance.data()).awaitReady(service, START_TIMEOUT)) {
            System.out.println("It is ready.");
            return 0;
        }
        System.out.println("It is not ready yet: see ./pipeline status.");
        return NOT_DONE;
    }

    private static boolean isConfirmed(String applicationId, @Nullable String confirmation) {
        String given =
                confirmation == null
                        ? Terminal.answerTo(
                                "Type the application's id to delete this:", "--confirm ID")
                        : confirmation;
        return given.strip().equals(applicationId);
    }

    private static void show(ResetPlan plan, Path stateDir) {
        System.out.printf("Application %s%n", plan.applicationId());
        show("active, has to be stopped", plan.members());
        show("is read from its beginning again", plan.inputs());
        show("is deleted, with what it holds", plan.internalTopics());
        show(
                "is deleted",
                plan.state() == null ? List.of() : List.of(String.valueOf(plan.state())));
        if (plan.state() == null) {
            System.out.printf("  no state of it in %s%n", stateDir);
        }
        if (!plan.group()) {
            System.out.println("  no offsets of it");
        }
    }

    private static void show(String what, List<String> names) {
        names.forEach(name -> System.out.printf("  %s: %s%n", what, name));
    }
}
