/** Tests of the whole service, on real brokers, and of its structure. */
@NullMarked
package io.eventpipeline.connect;

import org.jspecify.annotations.NullMarked;
