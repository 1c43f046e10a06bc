/** Tests of the REST queries with the web layer alone. */
@NullMarked
package io.eventpipeline.consumer.queries;

import org.jspecify.annotations.NullMarked;
