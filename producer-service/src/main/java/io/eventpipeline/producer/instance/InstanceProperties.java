package io.eventpipeline.producer.instance;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Who this process is.
 *
 * @param instance a name that no other instance has at the same time and that this one has again
 *     after a restart: then it ends at once what its former life left open. Without it the host's
 *     name and the port; two instances with one name end each other's transactions
 */
@Validated
@ConfigurationProperties("pipeline.producer")
public record InstanceProperties(
        @Pattern(regexp = "[A-Za-z0-9._-]{1,100}") @Nullable String instance) {}
