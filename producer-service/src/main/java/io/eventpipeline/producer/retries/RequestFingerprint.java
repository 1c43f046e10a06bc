package io.eventpipeline.producer.retries;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.producer.retries.ledger.Digest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes two requests the same: method, route, query, media type, body, and the headers that
 * carry parts of an event. Stateless.
 */
final class RequestFingerprint {

    /** Headers that are part of the payload: CloudEvents' binary mode, and keys of raw records. */
    private static final Set<String> PAYLOAD_PREFIXES = Set.of("ce-", "kafka-");

    /** May differ between two attempts at the same event. */
    private static final Set<String> OF_THE_ATTEMPT = Set.of("ce-traceparent", "ce-tracestate");

    private RequestFingerprint() {}

    static Digest of(HttpServletRequest request, String route, byte[] body) {
        MessageDigest sha = Digest.sha256();
        update(sha, request.getMethod());
        update(sha, route);
        update(sha, request.getQueryString() == null ? "" : request.getQueryString());
        update(sha, request.getContentType() == null ? "" : request.getContentType());
        for (String name : payloadHeaders(request)) {
            update(sha, name);
            Collections.list(request.getHeaders(name)).forEach(value -> update(sha, value));
        }
        Digest.update(sha, body);
        return Digest.of(sha);
    }

    private static Set<String> payloadHeaders(HttpServletRequest request) {
        Set<String> names = new TreeSet<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (PAYLOAD_PREFIXES.stream().anyMatch(lower::startsWith)
                    && !OF_THE_ATTEMPT.contains(lower)) {
                names.add(lower);
            }
        }
        return names;
    }

    private static void update(MessageDigest sha, String part) {
        Digest.update(sha, part.getBytes(UTF_8));
    }
}
