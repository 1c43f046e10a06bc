package io.eventpipeline.producer.delivery;

import io.eventpipeline.starter.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says before anything is sent what stands against it, without waiting for anything: Kafka is away,
 * a record is too large, or its topic has too much in flight. Whatever way records are sent, they
 * share this. Thread-safe.
 */
public final class Admission {

    private final Supplier<Optional<String>> whyAway;
    private final TopicInFlightLimit inFlight;
    private final int maxRecordBytes;

    /**
     * Knows what to ask and what the limits are.
     *
     * @param whyAway why Kafka cannot be sent to; empty while it can
     */
    Admission(Supplier<Optional<String>> whyAway, TopicInFlightLimit inFlight, int maxRecordBytes) {
        this.whyAway = whyAway;
        this.inFlight = inFlight;
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Why nothing can be sent: what the sender is told of all its records.
     *
     * @param type the problem
     * @param detail about this time
     */
    public record Obstacle(ProblemType type, String detail) {

        /** The result of a record that was not sent because of it. */
        public DeliveryFailure of(OutgoingRecord outgoing) {
            return DeliveryFailureClassifier.notSent(outgoing, type, detail);
        }
    }

    /** Takes room for one record, or says what stands against sending it. */
    Optional<Obstacle> enter(OutgoingRecord outgoing) {
        Optional<Obstacle> obstacle = kafkaAway();
        if (obstacle.isEmpty()) {
            obstacle = tooLarge(outgoing);
        }
        String topic = outgoing.topic().name();
        return obstacle.isEmpty() && !inFlight.enter(topic, 1, outgoing.size())
                ? Optional.of(topicBusy(topic))
                : obstacle;
    }

    /**
     * Takes room for all the records, or says what stands against sending any of them.
     *
     * @return empty if there is nothing; then each of them has to {@link #leave} later
     */
    public Optional<Obstacle> enter(List<OutgoingRecord> records) {
        Optional<Obstacle> away = kafkaAway();
        if (away.isPresent()) {
            return away;
        }
        Map<String, long[]> perTopic = new HashMap<>();
        for (OutgoingRecord outgoing : records) {
            Optional<Obstacle> tooLarge = tooLarge(outgoing);
            if (tooLarge.isPresent()) {
                return tooLarge;
            }
            long[] sums = perTopic.computeIfAbsent(outgoing.topic().name(), _ -> new long[2]);
            sums[0]++;
            sums[1] += outgoing.size();
        }
        List<String> entered = new ArrayList<>(perTopic.size());
        for (Map.Entry<String, long[]> topic : perTopic.entrySet()) {
            if (!inFlight.enter(topic.getKey(), topic.getValue()[0], topic.getValue()[1])) {
                records.stream()
                        .filter(outgoing -> entered.contains(outgoing.topic().name()))
                        .forEach(this::leave);
                return Optional.of(topicBusy(topic.getKey()));
            }
            entered.add(topic.getKey());
        }
        return Optional.empty();
    }

    /** Gives back the room of a record, once it has its result. */
    public void leave(OutgoingRecord outgoing) {
        inFlight.leave(outgoing.topic().name(), outgoing.size());
    }

    Optional<Obstacle> kafkaAway() {
        return whyAway.get()
                .map(reason ->
                        new Obstacle(ProblemType.KAFKA_UNAVAILABLE, reason + "; nothing was sent"));
    }

    private Optional<Obstacle> tooLarge(OutgoingRecord outgoing) {
        return outgoing.size() <= maxRecordBytes
                ? Optional.empty()
                : Optional.of(
                        new Obstacle(
                                ProblemType.TOO_LARGE,
                                "A record is larger than the limit of "
                                        + maxRecordBytes
                                        + " bytes; nothing was sent"));
    }

    private static Obstacle topicBusy(String topic) {
        return new Obstacle(
                ProblemType.TOPIC_BUSY,
                "Topic " + topic + " has too much in flight; nothing was sent");
    }
}
