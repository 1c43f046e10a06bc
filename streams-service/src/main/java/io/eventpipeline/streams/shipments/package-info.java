/**
 * Orders become shipments: joined with the customer's address and the product, and kept waiting
 * while one of them is not known. Depends on {@code intake}, {@code derivation} and {@code
 * failure}'s letter headers; nothing depends on it but the table of contents in {@code runtime}.
 */
@NullMarked
package io.eventpipeline.streams.shipments;

import org.jspecify.annotations.NullMarked;
