package io.eventpipeline.producer.ratelimits;

import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

/**
 * One request on its way through the limits. It is charged one record and the length of its body
 * before that is read, so that many at once, or wrong ones, cost their client too; the other
 * records when they are known. Belongs to the request's thread.
 */
final class Taking {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final RateLimits limits;
    private final RateLimits.Client client;
    private final HttpServletResponse response;
    private final long bodyBytes;

    Taking(
            RateLimits limits,
            RateLimits.Client client,
            HttpServletResponse response,
            long bodyBytes) {
        this.limits = limits;
        this.client = client;
        this.response = response;
        this.bodyBytes = bodyBytes;
    }

    void enter(@Nullable String topic, boolean stream) {
        tell(Stream.empty());
        client.quotas().usedUp().ifPresent(quota -> refuse(quota, "The client has"));
        Quotas used = topic == null ? null : limits.usedTopic(topic);
        if (used != null) {
            require(used, topic);
        }
        int most = limits.maxRequestsInFlight();
        if (client.requests().incrementAndGet() > most && most > 0) {
            leave();
            throw refusal(
                    "client-requests",
                    "The client has more than " + most + " requests in flight; nothing was sent",
                    RETRY_AFTER_SECONDS);
        }
        if (!stream) {
            client.quotas().charge(1, Math.max(0, bodyBytes));
            tell(Stream.empty());
        }
    }

    void leave() {
        client.requests().decrementAndGet();
    }

    void charge(List<OutgoingRecord> records) {
        Map<String, long[]> perTopic = new HashMap<>();
        long bytes = 0;
        for (OutgoingRecord outgoing : records) {
            long[] sums = perTopic.computeIfAbsent(outgoing.topic().name(), _ -> new long[2]);
            sums[0]++;
            sums[1] += outgoing.size();
            bytes += outgoing.size();
        }
        perTopic.keySet().forEach(topic -> require(limits.topic(topic), topic));
        perTopic.forEach((topic, sums) -> limits.topic(topic).charge(sums[0], sums[1]));
        client.quotas().charge(records.size() - 1L, bodyBytes < 0 ? bytes : 0);
        tell(
                perTopic.size() == 1
                        ? limits.topic(perTopic.keySet().iterator().next()).all()
                        : Stream.empty());
    }

    StreamPace pace() {
        return sent ->
                Math.max(
                        client.quotas().charge(1, sent.size()),
                        limits.topic(sent.topic().name()).charge(1, sent.size()));
    }

    private void require(Quotas quotas, @Nullable String topic) {
        quotas.usedUp()
                .ifPresent(quota -> {
                    tell(quotas.all());
                    refuse(quota, "Topic " + topic + " has");
                });
    }

    private void refuse(Quota quota, String who) {
        throw refusal(
                quota.policy().name(),
                "%s used up its limit of %d %s a second; nothing was sent"
                        .formatted(who, quota.policy().perSecond(), quota.policy().word()),
                quota.secondsToWait());
    }

    private ErrorResponseException refusal(String policy, String detail, long seconds) {
        limits.countRefusal(policy);
        ErrorResponseException refused = ProblemType.RATE_LIMITED.exception(detail);
        refused.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        refused.getBody().setProperty("outcome", "not_written");
        // The draft's member, section 4.
        refused.getBody().setProperty("violated-policies", List.of(policy));
        return refused;
    }

    /** What is left, of the client and of a topic. */
    private void tell(Stream<Quota> ofTopic) {
        if (limits.policies().isEmpty()) {
            return;
        }
        response.setHeader(RateLimits.POLICY, limits.policies());
        String state =
                Stream.concat(client.quotas().all(), ofTopic)
                        .map(Quota::field)
                        .collect(Collectors.joining(", "));
        if (!state.isEmpty()) {
            response.setHeader(RateLimits.STATE, state);
        }
    }
}
