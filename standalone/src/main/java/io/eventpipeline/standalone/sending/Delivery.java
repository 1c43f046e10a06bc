package io.eventpipeline.standalone.sending;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of one record after all its attempts.
 *
 * @param number which record
 * @param key its key, if it has one
 * @param kind stored, certainly not stored, or unknown
 * @param attempts how often it was tried
 * @param latency from the first attempt to the end of the last
 * @param status the status of the last attempt; 0 if that had no answer
 * @param body the receipt, or the problem of the last attempt
 */
public record Delivery(
        int number,
        @Nullable String key,
        Outcome.Kind kind,
        int attempts,
        Duration latency,
        int status,
        JsonNode body) {}
