package io.eventpipeline.producer.ratelimits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventpipeline.producer.delivery.OutgoingRecord;
import io.eventpipeline.producer.ratelimits.Quota.Policy;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * The limits of all clients and topics. A request passes twice: before its body is read, and when
 * its records are known and before they are sent. Thread-safe.
 */
public final class RateLimits {

    /** The draft's header fields. */
    static final String STATE = "RateLimit";

    static final String POLICY = "RateLimit-Policy";

    private static final String TAKING = RateLimits.class.getName();
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int LONGEST_NAME = 200;

    private final RateLimitsProperties properties;
    private final TimeMeter clock;
    private final List<Policy> clientPolicies;
    private final List<Policy> topicPolicies;
    private final String policies;
    private final Cache<String, Client> clients;
    private final Map<String, Quotas> topics = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    RateLimits(RateLimitsProperties properties, TimeMeter clock, MeterRegistry registry) {
        this.properties = properties;
        this.clock = clock;
        this.registry = registry;
        this.clientPolicies = Quotas.policies("client", properties.client(), properties.burst());
        this.topicPolicies = Quotas.policies("topic", properties.topic(), properties.burst());
        this.policies =
                Stream.concat(clientPolicies.stream(), topicPolicies.stream())
                        .map(Policy::field)
                        .collect(Collectors.joining(", "));
        this.clients =
                Caffeine.newBuilder()
                        .maximumSize(properties.maxClients())
                        .expireAfterAccess(REMEMBERED)
                        .build();
    }

    /** What is known of one client. */
    record Client(Quotas quotas, AtomicInteger requests) {}

    /**
     * Counts the records of a request that are about to be sent, if anything is limited.
     *
     * @throws ErrorResponseException 429 if one of their topics has got too much
     */
    public static void charge(HttpServletRequest request, List<OutgoingRecord> records) {
        if (request.getAttribute(TAKING) instanceof Taking taking) {
            taking.charge(records);
        }
    }

    /** The speed of a stream, if anything is limited. */
    public static StreamPace paceOf(HttpServletRequest request) {
        return request.getAttribute(TAKING) instanceof Taking taking
                ? taking.pace()
                : StreamPace.UNLIMITED;
    }

    /**
     * Lets a request in whose body is not read yet.
     *
     * @throws ErrorResponseException 429 if its client or its topic has used up a limit
     */
    void enter(HttpServletRequest request, HttpServletResponse response, @Nullable String topic) {
        Taking taking =
                new Taking(this, clientOf(request), response, request.getContentLengthLong());
        taking.enter(topic, isStream(request));
        request.setAttribute(TAKING, taking);
    }

    /** Says that a request which was let in is answered. */
    static void leave(HttpServletRequest request) {
        if (request.getAttribute(TAKING) instanceof Taking taking) {
            taking.leave();
        }
    }

    /** What is left to a topic that was sent to before; null for another. */
    @Nullable Quotas usedTopic(String name) {
        return topics.get(name);
    }

    /** What is left to a topic that there is. */
    Quotas topic(String name) {
        return topics.computeIfAbsent(name, _ -> Quotas.of(topicPolicies, clock));
    }

    int maxRequestsInFlight() {
        return properties.maxRequestsInFlightPerClient();
    }

    /** All limits in the form of the {@code RateLimit-Policy} field; empty if there is none. */
    String policies() {
        return policies;
    }

    void countRefusal(String policy) {
        registry.counter("pipeline.producer.rate.limited", "policy", policy).increment();
    }

    private Client clientOf(HttpServletRequest request) {
        String header = properties.clientHeader();
        String name = header == null ? null : request.getHeader(header);
        if (name == null || name.isBlank()) {
            name = request.getRemoteAddr();
        }
        String known = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return clients.get(
                known, _ -> new Client(Quotas.of(clientPolicies, clock), new AtomicInteger()));
    }

    private static boolean isStream(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && (type.contains("ndjson") || type.contains("jsonl"));
    }
}
