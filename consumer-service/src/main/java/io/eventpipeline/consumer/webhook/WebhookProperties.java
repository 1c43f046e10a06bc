package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.listening.Membership;
import io.eventpipeline.model.topic.PipelineTopic;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The web service that events are sent to.
 *
 * @param url where each event is posted to, http or https; without it there is no such listener
 * @param topics whose events are sent
 * @param from where a group without committed offsets begins: {@code earliest} or {@code latest}
 * @param concurrency how many consumers this instance runs
 * @param secret signs each request as Standard Webhooks say (HMAC-SHA256): {@code whsec_} and 24 to
 *     64 bytes in base64; without it requests are not signed
 * @param headers further headers of each request, such as {@code Authorization}
 * @param connectTimeout how long a connection may take
 * @param timeout how long an answer may take
 * @param maxConcurrentCalls how many requests are under way at once; at most one for each key
 * @param maxPending how many records of a partition are in hand at most, waiting ones too; what is
 *     behind the oldest unfinished one is sent again after a crash
 * @param maxAttempts how often a record is sent that the target answers with an error of its own
 *     (500 and others) before it becomes a dead letter; while the target cannot be reached or says
 *     that it is busy (408, 425, 429, 502, 503, 504), attempts are not counted
 * @param initialPause pause before the second attempt where retries block, and before a target that
 *     was away is tried again; each further one is twice as long
 * @param maxPause longest of these pauses
 * @param drainTimeout how long a partition that is taken away waits for the calls under way
 * @param retries what is done about an event that the target failed on
 * @param membership how the consumers are members of their groups
 */
@Validated
@ConfigurationProperties("pipeline.consumer.webhook")
public record WebhookProperties(
        @Nullable URI url,
        @DefaultValue({"order-placed", "payment-captured", "shipment-requested"}) @NotEmpty
                Set<PipelineTopic> topics,
        @DefaultValue("earliest") @NotNull From from,
        @DefaultValue("1") @Min(1) @Max(64) int concurrency,
        @Nullable String secret,
        @DefaultValue Map<String, String> headers,
        @DefaultValue("2s") @NotNull Duration connectTimeout,
        @DefaultValue("10s") @NotNull Duration timeout,
        @DefaultValue("256") @Min(1) @Max(10_000) int maxConcurrentCalls,
        @DefaultValue("2000") @Min(1) @Max(100_000) int maxPending,
        @DefaultValue("8") @Min(1) @Max(1_000) int maxAttempts,
        @DefaultValue("200ms") @NotNull Duration initialPause,
        @DefaultValue("30s") @NotNull Duration maxPause,
        @DefaultValue("5s") @NotNull Duration drainTimeout,
        @DefaultValue @NotNull @Valid @NestedConfigurationProperty WebhookRetries retries,
        @DefaultValue @NotNull @Valid @NestedConfigurationProperty Membership membership) {

    private static final Set<String> NOT_FOR_IT =
            Set.of("connection", "content-length", "host", "transfer-encoding");

    /** Where a new group begins. */
    public enum From {
        /** With the oldest record that is kept. */
        EARLIEST,
        /** With the next one. */
        LATEST
    }

    /** Checks the scheme. */
    @AssertTrue(message = "pipeline.consumer.webhook.url must begin with http:// or https://")
    public boolean isUrlOfTheWeb() {
        return url == null || "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    }

    /** Checks the secret. */
    @AssertTrue(
            message =
                    "pipeline.consumer.webhook.secret must be whsec_ and 24 to 64 bytes in base64")
    public boolean isSecretUsable() {
        return secret == null || WebhookSignature.isUsable(secret);
    }

    /** Checks the further headers: the names, and that no value ends its line. */
    @AssertTrue(
            message =
                    "pipeline.consumer.webhook.headers must have names of RFC 9110 and values of"
                        + " one line; connection, content-length, host and transfer-encoding are"
                        + " not for it")
    public boolean isHeadersUsable() {
        return headers.entrySet().stream()
                .allMatch(header ->
                        WebhookRequests.isToken(header.getKey())
                                && !NOT_FOR_IT.contains(header.getKey().toLowerCase(Locale.ROOT))
                                && header.getValue().chars().allMatch(WebhookProperties::isText));
    }

    private static boolean isText(int character) {
        return character == '\t' || (character >= ' ' && character < 0x7f);
    }

    /** Checks the pauses and time-outs. */
    @AssertTrue(
            message =
                    "pipeline.consumer.webhook: connect-timeout, timeout, initial-pause and"
                        + " drain-timeout must be positive, max-pause at least initial-pause, and"
                        + " drain-timeout at most 10s, which a rebalance can wait")
    public boolean isInTime() {
        return isPositive(connectTimeout)
                && isPositive(timeout)
                && isPositive(initialPause)
                && isPositive(drainTimeout)
                && maxPause.compareTo(initialPause) >= 0
                && drainTimeout.compareTo(Duration.ofSeconds(10)) <= 0;
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
