package io.eventpipeline.systemtests.kills;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.systemtests.checkers.Findings;
import io.eventpipeline.systemtests.history.TopicReader;
import io.eventpipeline.systemtests.load.OrderPlan;
import io.eventpipeline.systemtests.load.Seed;
import io.eventpipeline.systemtests.services.AskedPipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** One run: the load, the questions, the kills, and the verdict. Confined to one thread. */
public final class KillsRun implements AutoCloseable {

    private static final int CUSTOMERS = 60;
    private static final int PAGES = 48;
    private static final int RECORDS_BEFORE = 500;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final AskedPipeline pipeline;
    private final KillsSettings settings;
    private final Seed seed;
    private final ShopLedger ledger;
    private final ShopLoad load;
    private final OutputFollower follower;
    private final Asker asker;
    private final Kills kills;

    /** A run on a pipeline that nobody else uses. */
    public KillsRun(AskedPipeline pipeline, KillsSettings settings, Seed seed) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.seed = seed;
        String bootstrapServers = pipeline.kafka().bootstrapServers();
        OrderPlan plan = new OrderPlan(seed.value(), CUSTOMERS);
        ledger =
                new ShopLedger(
                        plan.addresses().stream().map(AddressChanged::customer).toList(), PAGES);
        load =
                new ShopLoad(
                        bootstrapServers, pipeline.topics(), plan, ledger, settings, seed.value());
        follower = new OutputFollower(bootstrapServers, pipeline.topics(), ledger);
        asker = new Asker(pipeline, ledger, settings, seed.value());
        kills = new Kills(pipeline, settings, load, asker, seed.value());
    }

    /** Begins load and questions, and returns when each customer's first orders are shipped. */
    public void begin() {
        follower.start();
        load.open();
        await("the first shipments").atMost(TIMEOUT).until(this::isAllShipped);
        load.start();
        load.awaitAcknowledged(RECORDS_BEFORE);
        asker.start();
        load.awaitAcknowledged(RECORDS_BEFORE);
    }

    /** Kills instances and brokers in turn. */
    public void strikeInTurn() {
        kills.strikeInTurn();
    }

    /** Ends load and questions, waits until all is processed, and looks at everything. */
    public KillsReport end() {
        load.end();
        Findings findings = new Findings();
        OutputChecks checks = new OutputChecks(ledger, findings);
        settle(this::isAllShipped);
        long finals = windows();
        settle(() -> follower.finals() >= finals);
        asker.stop();
        asker.wrong().forEach(answer -> findings.add(KillsReport.WRONG, answer));
        checkStores(findings);
        try (TopicReader reader = new TopicReader(pipeline.kafka().bootstrapServers())) {
            reader.forEach(
                    pipeline.topics().name(PipelineTopic.SHIPMENT_REQUESTED), checks::shipment);
            reader.forEach(pipeline.topics().name(PipelineTopic.PAGE_COUNTS), checks::count);
            reader.deadLetters(pipeline.topics())
                    .forEach((letters, count) ->
                            findings.add("no record is a dead letter", letters + " has " + count));
        }
        checks.finish();
        return new KillsReport(
                seed,
                settings,
                new KillsReport.Counts(
                        orders(),
                        load.unacknowledged(),
                        checks.shipped(),
                        checks.sameIdentity(),
                        checks.windows()),
                kills.done(),
                asker.answers(),
                findings);
    }

    private boolean isAllShipped() {
        return ledger.customers().stream()
                .allMatch(customer ->
                        customer.ordersProcessed.latest() >= customer.ordersStored.latest());
    }

    private long windows() {
        return ledger.pages().stream()
                .mapToLong(page -> {
                    long windows = 0;
                    for (WindowKind kind : WindowKind.values()) {
                        windows += WindowCounts.of(page.page(), kind, page.times()).size();
                    }
                    return windows;
                })
                .sum();
    }

    private long orders() {
        return ledger.customers().stream()
                .mapToLong(customer -> customer.ordersStored.latest())
                .sum();
    }

    /** The checks say what never comes. */
    private static void settle(BooleanSupplier condition) {
        try {
            await("all to be processed").atMost(TIMEOUT).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            // See above.
        }
    }

    /** At the end the stores say what was sent, no less and no more. */
    private void checkStores(Findings findings) {
        List<Question> questions = new ArrayList<>();
        for (CustomerLog customer : ledger.customers()) {
            questions.add(new Question.Address(customer));
            questions.add(new Question.Total(customer));
        }
        settle(() -> questions.stream().allMatch(question -> missing(question) == null));
        for (Question question : questions) {
            String missing = missing(question);
            if (missing != null) {
                findings.add("at the end each store has all", question.path() + ": " + missing);
            }
        }
    }

    private @Nullable String missing(Question question) {
        Reply reply = asker.ask(question);
        return reply.isOk()
                ? question.wrong(reply.demandingAll())
                : "status %d: %s".formatted(reply.status(), reply.body());
    }

    @Override
    public void close() {
        asker.close();
        load.close();
        follower.close();
    }
}
