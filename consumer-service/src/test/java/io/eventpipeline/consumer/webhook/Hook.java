package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.RunningService;
import io.eventpipeline.consumer.Sender;
import io.eventpipeline.consumer.TestEvents;
import io.eventpipeline.consumer.webhook.HttpTarget.Call;
import io.eventpipeline.localcluster.SharedCluster;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** A shop's orders, the web service that wants them, and the service between them. */
final class Hook implements AutoCloseable {

    private final String environment;
    private final String bootstrap = SharedCluster.kafka().bootstrapServers();
    private final HttpTarget target = new HttpTarget();
    private final Sender sender = new Sender(bootstrap, null);
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();

    /**
     * Creates it with a target that takes everything.
     *
     * @param environment whose topics and groups it uses; tests may share one, because what the one
     *     sends is done with when its service is closed
     */
    Hook(String environment) {
        this.environment = environment;
        answers(_ -> 204);
    }

    String environment() {
        return environment;
    }

    String orders() {
        return new TopicCatalogue(environment).name(PipelineTopic.ORDER_PLACED);
    }

    HttpTarget target() {
        return target;
    }

    Sender sender() {
        return sender;
    }

    /** Decides the status of each answer from now on. */
    void answers(Function<Call, Integer> status) {
        target.answers(call -> {
            int answer = status.apply(call);
            if (answer < 300) {
                delivered.add(call.header("ce-id"));
            }
            return answer;
        });
    }

    /** The ids of the events that the target took. */
    Set<String> delivered() {
        return delivered;
    }

    /** The settings of a service that sends orders to the target. */
    List<String> settings(String... more) {
        List<String> settings = new ArrayList<>();
        settings.add("--pipeline.consumer.webhook.url=" + target.url());
        settings.add("--pipeline.consumer.webhook.topics=order-placed");
        settings.add("--pipeline.consumer.webhook.initial-pause=10ms");
        settings.addAll(List.of(more));
        return settings;
    }

    RunningService start(String... more) {
        return RunningService.start(
                bootstrap,
                SharedCluster.newDatabase(),
                environment,
                settings(more).toArray(String[]::new));
    }

    static Predicate<Call> id(String id) {
        return call -> call.header("ce-id").equals(id);
    }

    static OrderPlaced order(int number, String customer) {
        return TestEvents.order(Integer.toString(number), new CustomerId(customer));
    }

    @Override
    public void close() {
        target.close();
        sender.close();
    }
}
