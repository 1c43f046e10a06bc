package io.eventpipeline.starter.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * What can go wrong, as problem types (RFC 9457). The {@link #uri() type URI} is API: clients tell
 * problems apart by it, so it never changes. docs/problems.md has a section for each.
 */
public enum ProblemType {
    /** The body is not one JSON value. */
    MALFORMED_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read", false),
    /** A path variable, query parameter or header has a value that it cannot have. */
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is not valid", false),
    /** The request is not HTTP, or breaks a rule that no other type names. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid", false),
    /** The body is JSON but not a valid event; {@code errors} has a pointer and a reason each. */
    INVALID_EVENT(HttpStatus.UNPROCESSABLE_CONTENT, "The event is not valid", false),
    /** A command to a service cannot be carried out as it is; {@code errors} has the reasons. */
    INVALID_COMMAND(HttpStatus.UNPROCESSABLE_CONTENT, "The command is not valid", false),
    /** What the command is given to cannot do it, whatever the command says. */
    UNSUPPORTED_COMMAND(HttpStatus.CONFLICT, "The command is not supported here", false),
    /** The listener is not there yet, or another change of it is under way. */
    LISTENER_BUSY(HttpStatus.CONFLICT, "The listener cannot take commands now", true),
    /** Kafka Streams does not run, or another change of it is under way. */
    STREAMS_BUSY(HttpStatus.CONFLICT, "Kafka Streams cannot take commands now", true),
    /** There is nothing at this path. */
    UNKNOWN_PATH(HttpStatus.NOT_FOUND, "There is nothing at this path", false),
    /** There is no such topic, or it is not meant for senders. */
    UNKNOWN_TOPIC(HttpStatus.NOT_FOUND, "The topic cannot be sent to", false),
    /** The delivery was never promised, or is forgotten. */
    UNKNOWN_DELIVERY(HttpStatus.NOT_FOUND, "The delivery is not known", false),
    /** The path is right, but what it names does not exist, or not yet. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "It does not exist", false),
    /** The path does not take this method; {@code Allow} names those that it takes. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed here", false),
    /** None of the media types that the client accepts can be given. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable media type", false),
    /** The request did not arrive in time. */
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The request did not arrive in time", true),
    /** Another request with the same {@code Idempotency-Key} is being worked on. */
    IDEMPOTENCY_CONFLICT(HttpStatus.CONFLICT, "The request is being worked on", true),
    /** The {@code Idempotency-Key} was used for another request. */
    IDEMPOTENCY_MISMATCH(
            HttpStatus.UNPROCESSABLE_CONTENT, "The key belongs to another request", false),
    /** The body is larger than the limit that {@code detail} names. */
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large", false),
    /** The body's media type is not one that the path takes. */
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported", false),
    /** One topic has too much in flight; nothing was written. */
    TOPIC_BUSY(HttpStatus.TOO_MANY_REQUESTS, "The topic has too much in flight", true),
    /** The client or the topic has used up its rate limit; nothing was written. */
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "The rate limit is reached", true),
    /** Too much is in flight; nothing was written. */
    OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "The service is overloaded", true),
    /** Kafka is away; nothing was written. */
    KAFKA_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Kafka is not available", true),
    /** PostgreSQL is away. */
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database is not available", true),
    /** A state store cannot be asked now: it is starting, restored or moved. */
    STATE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The state cannot be read now", true),
    /** The event was sent, but nobody confirmed that it is stored: it may be, or not. */
    OUTCOME_UNKNOWN(HttpStatus.GATEWAY_TIMEOUT, "It is not known whether it was stored", true),
    /** A defect of ours; the log has the cause. */
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed", true);

    private static final String BASE = "https://eventpipeline.io/problems/";

    private final HttpStatus status;
    private final String title;
    private final boolean retryable;

    ProblemType(HttpStatus status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    /** The last part of the type URI, and the anchor in docs/problems.md. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stable identifier of the problem type. */
    public URI uri() {
        return URI.create(BASE + slug());
    }

    /** The HTTP status of an answer with a single problem of this type. */
    public HttpStatus status() {
        return status;
    }

    /** Whether the same request can succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** A problem of this type with words about this occurrence. */
    public ProblemDetail detail(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(uri());
        problem.setTitle(title);
        problem.setProperty("retryable", retryable);
        return problem;
    }

    /** An exception that becomes the answer. */
    public ErrorResponseException exception(String detail) {
        return new ErrorResponseException(status, detail(detail), null);
    }

    /**
     * An exception that becomes the answer, with a {@code Retry-After} header (RFC 9110) in whole
     * seconds.
     */
    public ErrorResponseException exception(String detail, int retryAfterSeconds) {
        ErrorResponseException exception = exception(detail);
        exception.getHeaders().set(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
        return exception;
    }

    /** The type that stands for a status which Spring or the container chose. */
    static ProblemType of(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> UNKNOWN_PATH;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> INVALID_EVENT;
            case 503 -> OVERLOADED;
            default -> status.is4xxClientError() ? BAD_REQUEST : INTERNAL;
        };
    }
}
