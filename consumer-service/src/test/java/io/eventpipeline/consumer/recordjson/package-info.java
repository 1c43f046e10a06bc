/** Tests of records as lines of JSON. */
@NullMarked
package io.eventpipeline.consumer.recordjson;

import org.jspecify.annotations.NullMarked;
