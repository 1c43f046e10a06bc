@NullMarked
package io.eventpipeline.consumer.store;

import org.jspecify.annotations.NullMarked;
