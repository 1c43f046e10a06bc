package io.eventpipeline.model.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The CloudEvents {@code type} of an event record, with its major version: {@code
 * io.eventpipeline.order.placed.v1}. A change that an older reader cannot understand needs a new
 * record with a new version; a new optional field does not.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** The value of the {@code ce_type} header. */
    String value();
}
