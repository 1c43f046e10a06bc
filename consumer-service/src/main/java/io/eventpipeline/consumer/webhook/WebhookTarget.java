package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.webhook.WebhookOutcome.Delivered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Failed;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Refused;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unanswered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unavailable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.DisposableBean;

/** Sends an event once, and says what the answer means. Thread-safe. */
final class WebhookTarget implements DisposableBean {

    /** The target is busy, or what stands before it cannot reach it. */
    private static final Set<Integer> BUSY = Set.of(408, 425, 429, 502, 503, 504);

    /** Wrong address or wrong credentials: so it would be with every other event. */
    private static final Set<Integer> MISCONFIGURED = Set.of(401, 403, 404, 405, 407, 410);

    private final HttpClient http;
    private final WebhookRequests requests;
    private final Semaphore calls;
    private final Clock clock;

    WebhookTarget(WebhookProperties properties, Clock clock) {
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(properties.connectTimeout())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        requests = new WebhookRequests(properties, clock);
        calls = new Semaphore(properties.maxConcurrentCalls());
        this.clock = clock;
    }

    /** Waits until not too many calls are under way, and makes one. */
    WebhookOutcome send(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        calls.acquire();
        try {
            return meaning(http.send(requests.of(source), BodyHandlers.discarding()));
        } catch (HttpConnectTimeoutException e) {
            return new Unavailable("The target cannot be reached: " + e, Duration.ZERO);
        } catch (HttpTimeoutException e) {
            return new Unanswered("The target did not answer in time");
        } catch (IOException e) {
            return new Unavailable("The target cannot be reached: " + e, Duration.ZERO);
        } catch (IllegalArgumentException e) {
            return new Refused("No request can be made of the record: " + e.getMessage());
        } finally {
            calls.release();
        }
    }

    @Override
    public void destroy() {
        http.shutdownNow();
    }

    private WebhookOutcome meaning(HttpResponse<?> answer) {
        int status = answer.statusCode();
        String reason = "The target answered " + status;
        if (status >= 200 && status < 300) {
            return new Delivered();
        }
        if (status < 400 || BUSY.contains(status) || MISCONFIGURED.contains(status)) {
            return new Unavailable(reason, retryAfter(answer));
        }
        return status < 500 ? new Refused(reason) : new Failed(reason);
    }

    /** Seconds or a date (RFC 9110, section 10.2.3); what cannot be read counts as nothing. */
    private Duration retryAfter(HttpResponse<?> answer) {
        String value = answer.headers().firstValue("retry-after").orElse("").strip();
        try {
            if (value.chars().allMatch(Character::isDigit)) {
                return Duration.ofSeconds(value.isEmpty() ? 0 : Long.parseLong(value));
            }
            Duration left =
                    Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
