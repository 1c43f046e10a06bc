/**
 * What Kafka itself does, where it differs from what was written about Kafka 2.x and 3.x. Each test
 * holds one line of docs/notes-versus-today.md: when a new Kafka version makes one fail, the page
 * and whatever the product builds on that line must change with it. Nothing here tests our code.
 */
@NullMarked
package io.eventpipeline.localcluster.facts;

import org.jspecify.annotations.NullMarked;
