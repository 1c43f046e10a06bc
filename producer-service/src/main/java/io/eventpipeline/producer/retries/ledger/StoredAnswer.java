package io.eventpipeline.producer.retries.ledger;

import java.util.Map;

/**
 * An answer as it was given, ready to be given again.
 *
 * @param status the HTTP status
 * @param headers those that belong to it
 * @param body UTF-8 text, mostly JSON
 */
public record StoredAnswer(int status, Map<String, String> headers, String body) {}
