package io.eventpipeline.producer.retries.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The right to work on a request.
 *
 * @param request its id
 * @param number tells it from other attempts
 * @param fingerprint the request's content
 * @param delivery whether the client may ask for the outcome by the request's id
 */
public record Claim(Digest request, long number, @Nullable Digest fingerprint, boolean delivery) {}
