/** Tests of the webhook against a web service of their own. */
@NullMarked
package io.eventpipeline.consumer.webhook;

import org.jspecify.annotations.NullMarked;
