/** Tests of the JSON Schemas of topics, beside what they test. */
@NullMarked
package io.eventpipeline.producer.valueschemas;

import org.jspecify.annotations.NullMarked;
