package io.eventpipeline.producer.retries;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * What an answer means for a repeat. It holds if all was stored or the request itself is wrong. One
 * that leaves open whether something is stored lets the same request come again, under the same
 * event ids; after one that says that nothing was written, any request may follow.
 */
final class Outcomes {

    private Outcomes() {}

    static boolean holds(HttpStatusCode status) {
        return (status.is2xxSuccessful() && !status.isSameCodeAs(HttpStatus.MULTI_STATUS))
                || status.isSameCodeAs(HttpStatus.BAD_REQUEST)
                || status.isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)
                || status.isSameCodeAs(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                || status.isSameCodeAs(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    static boolean mayBeWritten(HttpStatusCode status) {
        return status.is2xxSuccessful()
                || status.isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT)
                || status.isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR);
    }
}
