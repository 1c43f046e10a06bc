package io.eventpipeline.consumer.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.event.EventIdentity;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
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

    HttpRequest of(ConsumerRecord<byte[], byte[]> source) {
        byte[] body = Objects.requireNonNullElse(source.value(), NOTHING);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(properties.timeout())
                        .POST(BodyPublishers.ofByteArray(body));
        String contentType = JSON;
        for (Header header : source.headers()) {
            if (header.value() == null) {
                continue;
            }
            if (header.key().startsWith(ATTRIBUTE)) {
                String name = "ce-" + header.key().substring(ATTRIBUTE.length());
                request.setHeader(name, encode(header.value()));
            } else if (header.key().equals(CloudEventHeaders.CONTENT_TYPE)) {
                contentType = encode(header.value());
            } else if (header.key().equals(CloudEventHeaders.TRACEPARENT)) {
                request.setHeader(CloudEventHeaders.TRACEPARENT, encode(header.value()));
            }
        }
        request.setHeader("content-type", contentType);
        properties.headers().forEach(request::setHeader);
        sign(request, idOf(source), body);
        return request.build();
    }

    /** Identity is source and id; one without header is the record's position. */
    private static String idOf(ConsumerRecord<byte[], byte[]> source) {
        EventIdentity identity = CloudEventHeaders.identityOf(source);
        return encode(identity.id().getBytes(UTF_8));
    }

    private void sign(HttpRequest.Builder request, String id, byte[] body) {
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
