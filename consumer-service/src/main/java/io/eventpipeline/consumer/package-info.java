/**
 * consumer-service: events from Kafka into PostgreSQL, each once. This package holds the
 * application only; what it does lies in one package a capability: {@code intake} reads and checks
 * records, {@code tables} stores events, {@code delivery} moves rows and offsets together, {@code
 * groups} are the listeners; {@code archive} writes files. Depends on shared-model and
 * service-starter, on no other service.
 */
@NullMarked
package io.eventpipeline.consumer;

import org.jspecify.annotations.NullMarked;
