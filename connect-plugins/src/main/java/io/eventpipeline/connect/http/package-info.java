/**
 * A sink connector that delivers records to a web service over HTTP, in batches: as a JSON array, a
 * line each, or in the form of a search index's bulk API.
 *
 * <p>It depends on Kafka Connect's API, on Connect's JSON converter, which every worker has, and on
 * the JDK's HTTP client.
 */
@NullMarked
package io.eventpipeline.connect.http;

import org.jspecify.annotations.NullMarked;
