/**
 * Who this process is among the instances of the service. What has to find its own work again after
 * a restart, and must not take that of another instance, is named by it. Depends on Spring Boot.
 */
@NullMarked
package io.eventpipeline.producer.instance;

import org.jspecify.annotations.NullMarked;
