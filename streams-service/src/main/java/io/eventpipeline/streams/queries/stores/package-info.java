/**
 * Any store, by key or as a list: what each instance has of it, partition by partition, put
 * together page by page. Depends on {@code queries} for who is asked and how an answer says where
 * it comes from, and on {@code freshness}.
 */
@NullMarked
package io.eventpipeline.streams.queries.stores;

import org.jspecify.annotations.NullMarked;
