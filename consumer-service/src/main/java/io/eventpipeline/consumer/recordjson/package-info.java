/**
 * A record as one line of JSON: whole, and readable for people and programs. The archive writes
 * such lines and the tail shows them. Depends on Kafka's record and Jackson only.
 */
@NullMarked
package io.eventpipeline.consumer.recordjson;

import org.jspecify.annotations.NullMarked;
