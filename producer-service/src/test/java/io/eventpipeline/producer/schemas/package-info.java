/** What is told about the doors, held against what the doors do. */
@NullMarked
package io.eventpipeline.producer.schemas;

import org.jspecify.annotations.NullMarked;
