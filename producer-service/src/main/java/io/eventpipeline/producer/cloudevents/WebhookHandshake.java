package io.eventpipeline.producer.cloudevents;

import io.eventpipeline.starter.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The answer to a sender that asks whether it may send (CNCF "HTTP 1.1 Web Hooks for Event
 * Delivery" 1.0.2, section 4): only the two headers mean yes, a status never does. There is no rate
 * limit to grant; what is too much at once is answered 429 or 503 with {@code Retry-After}. The
 * {@code WebHook-Request-Callback} is not called: the answer is given at once. Thread-safe.
 */
final class WebhookHandshake {

    static final String MEDIA_TYPES =
            ContentMode.STRUCTURED.jsonMediaType() + ", " + ContentMode.BATCHED.jsonMediaType();

    static final String REQUEST_ORIGIN = "WebHook-Request-Origin";
    static final String REQUEST_RATE = "WebHook-Request-Rate";
    private static final String ALLOWED_ORIGIN = "WebHook-Allowed-Origin";
    private static final String ALLOWED_RATE = "WebHook-Allowed-Rate";
    private static final String ANY = "*";
    private static final Pattern RATE = Pattern.compile("0*[1-9]\\d*");

    private final CloudEventsProperties properties;

    WebhookHandshake(CloudEventsProperties properties) {
        this.properties = properties;
    }

    /**
     * The headers of the answer.
     *
     * @throws org.springframework.web.ErrorResponseException 400 if the rate is not a number
     */
    HttpHeaders answer(@Nullable String origin, @Nullable String rate) {
        HttpHeaders headers = new HttpHeaders();
        if (rate != null && !RATE.matcher(rate).matches()) {
            throw ProblemType.INVALID_PARAMETER.exception(
                    "Header '"
                            + REQUEST_RATE
                            + "' must be a whole number of requests a minute, greater than 0");
        }
        if (origin != null && isAllowed(origin)) {
            headers.set(ALLOWED_ORIGIN, origin);
            headers.set(ALLOWED_RATE, ANY);
        }
        return headers;
    }

    private boolean isAllowed(String origin) {
        return properties.webhookOrigins().stream()
                .anyMatch(allowed -> allowed.equals(ANY) || allowed.equalsIgnoreCase(origin));
    }
}
