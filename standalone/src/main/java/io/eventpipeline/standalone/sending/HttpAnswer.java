package io.eventpipeline.standalone.sending;

import java.util.Map;

/** An answer that was read to its end. */
final class HttpAnswer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    HttpAnswer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }

    /** The seconds of {@code Retry-After}; 0 if there are none. */
    long retryAfterSeconds() {
        String field = headers.getOrDefault("retry-after", "");
        return field.matches("\\d{1,6}") ? Long.parseLong(field) : 0;
    }
}
