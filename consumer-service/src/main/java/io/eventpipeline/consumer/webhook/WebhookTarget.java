package io.eventpipeline.consumer.webhook;

import io.eventpipeline.consumer.webhook.WebhookOutcome.Delivered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Failed;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Refused;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unanswered;
import io.eventpipeline.consumer.webhook.WebhookOutcome.Unavailable;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.DisposableBean;

/** Sends an event once, and says what the answer means. Thread-safe. */
final class WebhookTarget implements DisposableBean {

    /** The target is busy, or what stands before it cannot reach it. */
    private static final Set<Integer> BUSY = Set.of(408, 425, 429, 502, 503, 504);

    /** Wrong address or wrong credentials: so it would be with every other event. */
    private static final Set<Integer> MISCONFIGURED = Set.of(401, 403, 404, 405, 407, 410);

    /** A connection that was idle for longer is looked at before it is used again. */
    private static final TimeValue TRUSTED = TimeValue.ofMilliseconds(500);

    private final CloseableHttpClient http;
    private final WebhookRequests requests;
    private final Semaphore calls;
    private final ScheduledThreadPoolExecutor deadlines;
    private final Duration deadline;
    private final Clock clock;

    WebhookTarget(WebhookProperties properties, Clock clock) {
        http = client(properties);
        requests = new WebhookRequests(properties, clock);
        calls = new Semaphore(properties.maxConcurrentCalls());
        deadlines =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
        deadlines.setRemoveOnCancelPolicy(true);
        deadline = properties.connectTimeout().plus(properties.timeout());
        this.clock = clock;
    }

    /** Blocks its thread, a virtual one; it decides nothing by itself. */
    private static CloseableHttpClient client(WebhookProperties properties) {
        Timeout answer = Timeout.of(properties.timeout());
        PoolingHttpClientConnectionManager connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setMaxConnTotal(properties.maxConcurrentCalls())
                        .setMaxConnPerRoute(properties.maxConcurrentCalls())
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(Timeout.of(properties.connectTimeout()))
                                        .setSocketTimeout(answer)
                                        .setValidateAfterInactivity(TRUSTED)
                                        .build())
                        .build();
        return HttpClients.custom()
                .useSystemProperties()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(answer)
                                .setResponseTimeout(answer)
                                .build())
                .setUserAgent("event-pipeline")
                .setRetryStrategy(new StaleConnections())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /**
     * Sends again what met a connection that the target had closed meanwhile: it closes those that
     * it has too many of, or that were idle for too long for it. What it took all the same has the
     * same {@code webhook-id}.
     */
    private static final class StaleConnections extends DefaultHttpRequestRetryStrategy {

        private static final int ATTEMPTS = 3;

        @Override
        public boolean retryRequest(
                HttpRequest request, IOException why, int count, HttpContext context) {
            return count <= ATTEMPTS
                    && (why instanceof NoHttpResponseException
                            || why instanceof ConnectionClosedException
                            || why.getClass() == SocketException.class);
        }

        @Override
        public boolean retryRequest(HttpResponse answer, int count, HttpContext context) {
            return false;
        }

        @Override
        public TimeValue getRetryInterval(
                HttpRequest request, IOException why, int count, HttpContext context) {
            return TimeValue.ZERO_MILLISECONDS;
        }
    }

    /** Waits until not too many calls are under way, and makes one. */
    WebhookOutcome send(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        HttpPost request;
        try {
            request = requests.of(source);
        } catch (IllegalArgumentException e) {
            return new Refused("No request can be made of the record: " + e.getMessage());
        }
        calls.acquire();
        try {
            return call(request);
        } finally {
            calls.release();
        }
    }

    private WebhookOutcome call(HttpPost request) throws InterruptedException {
        // The client's own time-outs are of a single read; an answer may come in drops.
        Future<?> end =
                deadlines.schedule(request::cancel, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return http.execute(request, this::meaning);
        } catch (IOException e) {
            // A virtual thread that is interrupted while it reads finds its connection closed.
            if (Thread.interrupted()) {
                throw new InterruptedException("A call of the target was interrupted");
            }
            boolean connected = !(e instanceof ConnectTimeoutException);
            if (request.isCancelled() || (connected && e instanceof SocketTimeoutException)) {
                return new Unanswered("The target did not answer in time");
            }
            return new Unavailable("The target cannot be reached: " + e, Duration.ZERO);
        } finally {
            end.cancel(false);
        }
    }

    @Override
    public void destroy() {
        deadlines.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    private WebhookOutcome meaning(HttpResponse answer) {
        int status = answer.getCode();
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
    private Duration retryAfter(HttpResponse answer) {
        Header header = answer.getFirstHeader("retry-after");
        String value =
                header == null ? "" : Objects.requireNonNullElse(header.getValue(), "").strip();
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
