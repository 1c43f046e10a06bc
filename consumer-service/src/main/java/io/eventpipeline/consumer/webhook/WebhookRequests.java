package io.eventpipeline.consumer.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.event.EventIdentity;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request for a record: a POST in the binary mode of the CloudEvents HTTP protocol
 * binding 1.0.2, with the headers of Standard Webhooks 1.0.0. {@code webhook-id} is the event's id
 * at every attempt, so that the target can drop what it has. Thread-safe.
 */
final class WebhookRequests {

    private static final String ATTRIBUTE = "ce_";
    private static final String JSON = "application/json";

    /** What RFC 9110, section 5.6.2, calls a token: the client checks no names. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final byte[] NOTHING = {};
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final WebhookProperties properties;
    private final URI url;
    private final @Nullable WebhookSignature signature;
    private final Clock clock;

    WebhookRequests(WebhookProperties properties, Clock clock) {
        this.properties = properties;
        url = Objects.requireNonNull(properties.url(), "pipeline.consumer.webhook.url");
        this.clock = clock;
        String secret = properties.secret();
        signature = secret == null ? null : new WebhookSignature(secret);
    }

    /**
     * Makes a request.
     *
     * @throws IllegalArgumentException if a header of the record cannot be one of a request
     */
    HttpPost of(ConsumerRecord<byte[], byte[]> source) {
        byte[] body = Objects.requireNonNullElse(source.value(), NOTHING);
        HttpPost request = new HttpPost(url);
        request.setEntity(new ByteArrayEntity(body, null));
        String contentType = JSON;
        for (Header header : source.headers()) {
            if (header.value() == null) {
                continue;
            }
            if (header.key().startsWith(ATTRIBUTE)) {
                request.setHeader(attribute(header.key()), encode(header.value()));
            } else if (header.key().equals(CloudEventHeaders.CONTENT_TYPE)) {
                contentType = encode(header.value());
            } else if (header.key().equals(CloudEventHeaders.TRACEPARENT)) {
                request.setHeader(CloudEventHeaders.TRACEPARENT, encode(header.value()));
            }
        }
        request.setHeader("content-type", contentType);
        properties.headers().forEach(request::setHeader);
        sign(request, idOf(source), body);
        return request;
    }

    private static String attribute(String key) {
        String name = key.substring(ATTRIBUTE.length());
        if (!isToken(name)) {
            throw new IllegalArgumentException("no header can have the name " + key);
        }
        return "ce-" + name;
    }

    /** Whether a text can be the name of a header. */
    static boolean isToken(String name) {
        return TOKEN.matcher(name).matches();
    }

    /** Identity is source and id; one without header is the record's position. */
    private static String idOf(ConsumerRecord<byte[], byte[]> source) {
        EventIdentity identity = CloudEventHeaders.identityOf(source);
        return encode(identity.id().getBytes(UTF_8));
    }

    private void sign(HttpPost request, String id, byte[] body) {
        Instant now = clock.instant();
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        if (signature != null) {
            request.setHeader("webhook-signature", signature.sign(id, now, body));
        }
    }

    /** Percent-encodes what a header may not hold (CloudEvents HTTP binding, section 3.1.3.2). */
    private static String encode(byte[] utf8) {
        StringBuilder encoded = new StringBuilder(utf8.length);
        for (byte one : utf8) {
            int value = one & 0xff;
            if (value <= 0x20 || value >= 0x7f || value == '"' || value == '%') {
                encoded.append('%').append(HEX[value >> 4]).append(HEX[value & 0xf]);
            } else {
                encoded.append((char) value);
            }
        }
        return encoded.toString();
    }
}
