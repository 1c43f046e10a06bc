package io.eventpipeline.systemtests.kills;

import static org.awaitility.Awaitility.await;

import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.systemtests.load.Pace;
import io.eventpipeline.systemtests.services.AskedPipeline;
import io.eventpipeline.systemtests.services.Rest;
import io.eventpipeline.systemtests.services.ServiceProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks living instances at random for keys that exist, so many times a second, whether the answers
 * come or not; every second question accepts a standby's answer. Judges each answer at once. One
 * thread asks, virtual ones wait; the rest is safe for use by several.
 */
final class Asker implements AutoCloseable {

    /** How old an answer may be, where it may be old at all. */
    static final Duration ADMITTED = Duration.ofSeconds(10);

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final List<WindowKind> KINDS = List.of(WindowKind.values());

    private final AskedPipeline pipeline;
    private final ShopLedger ledger;
    private final KillsSettings settings;
    private final SplittableRandom random;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<Place, Long> activeSince = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "asker");
    private volatile boolean stopped;

    /**
     * What came back, for the report.
     *
     * @param place who should answer
     * @param instance who was asked
     * @param reply what came
     * @param isRight whether it was an answer, and not wrong
     */
    record Answer(Place place, String instance, Reply reply, boolean isRight) {

        /** An answer from who processes the partition, as far as the answer tells. */
        boolean isRightByActive() {
            return isRight && !reply.isByStandby();
        }
    }

    Asker(AskedPipeline pipeline, ShopLedger ledger, KillsSettings settings, long seed) {
        this.pipeline = pipeline;
        this.ledger = ledger;
        this.settings = settings;
        random = new SplittableRandom(seed);
    }

    void start() {
        thread.start();
    }

    /** Asks no more and waits for the last answers. */
    void stop() {
        stopped = true;
        await("the last answers")
                .atMost(TIMEOUT)
                .until(() -> !thread.isAlive() && waiting.get() == 0);
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** What was wrong with answers. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /**
     * Waits until an active instance has answered for each of some places.
     *
     * @param since for questions that were sent after this moment
     */
    void awaitActive(Iterable<Place> places, long since, Duration timeout) {
        await("active instances to answer")
                .atMost(timeout)
                .until(() -> {
                    for (Place place : places) {
                        Long sent = activeSince.get(place);
                        if (sent != null && sent - since <= 0) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** Asks once, outside the pace and the count. */
    Reply ask(Question question) {
        return ask(pipeline.living().getFirst(), question, null);
    }

    private void run() {
        Pace pace = new Pace();
        while (!stopped) {
            pace.await(settings.questions());
            Question question = question();
            List<ServiceProcess> living = List.copyOf(pipeline.living());
            if (question == null || living.isEmpty() || waiting.get() >= settings.waiting()) {
                continue;
            }
            ServiceProcess instance = living.get(random.nextInt(living.size()));
            Duration admitted = random.nextBoolean() ? ADMITTED : null;
            waiting.incrementAndGet();
            Thread.startVirtualThread(() -> {
                try {
                    note(instance, question, ask(instance, question, admitted));
                } finally {
                    waiting.decrementAndGet();
                }
            });
        }
    }

    private @Nullable Question question() {
        int kind = random.nextInt(3);
        if (kind == 2) {
            PageLog page = ledger.pages().get(random.nextInt(ledger.pages().size()));
            PageLog.Seen window = page.any(KINDS.get(random.nextInt(KINDS.size())), random);
            return window == null || !page.isKnown() ? null : new CountsQuestion(page, window);
        }
        CustomerLog customer = ledger.customers().get(random.nextInt(ledger.customers().size()));
        if (!customer.isKnown()) {
            return null;
        }
        return kind == 0 ? new Question.Address(customer) : new Question.Total(customer);
    }

    private static Reply ask(
            ServiceProcess instance, Question question, @Nullable Duration admitted) {
        String path = question.path();
        String parameter =
                admitted == null
                        ? ""
                        : (path.contains("?") ? "&" : "?") + "maxStaleness=" + admitted;
        long sent = System.nanoTime();
        try {
            return Reply.of(Rest.get(instance.uri(path + parameter)), sent, admitted);
        } catch (UncheckedIOException e) {
            return Reply.none(sent, admitted);
        }
    }

    private void note(ServiceProcess instance, Question question, Reply reply) {
        String fault = fault(question, reply);
        if (fault != null) {
            wrong.add("%s of %s: %s".formatted(question.path(), instance.name(), fault));
        }
        boolean isRight = fault == null && (reply.isOk() || reply.isNotFound());
        Answer answer = new Answer(question.place(), instance.name(), reply, isRight);
        answers.add(answer);
        if (answer.isRightByActive()) {
            activeSince.merge(question.place(), reply.sent(), Math::max);
        }
    }

    /** 503 is no answer, and so not a wrong one; nothing is, when an instance dies meanwhile. */
    private static @Nullable String fault(Question question, Reply reply) {
        if (reply.isOk() || reply.isNotFound()) {
            String tooOld = tooOld(reply);
            return tooOld == null ? question.wrong(reply) : tooOld;
        }
        return reply.status() == 0 || reply.status() == 503
                ? null
                : "status %d: %s".formatted(reply.status(), reply.body());
    }

    private static @Nullable String tooOld(Reply reply) {
        return reply.admitted() != null
                        && reply.staleness() != null
                        && reply.staleness().compareTo(reply.admitted()) > 0
                ? "it says that it is older than admitted: " + reply.staleness()
                : null;
    }

    @Override
    public void close() {
        stopped = true;
    }
}
