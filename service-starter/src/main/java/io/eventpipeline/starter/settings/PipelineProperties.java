package io.eventpipeline.starter.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings that all services share.
 *
 * @param environment third part of every topic name: lower-case letters, digits and single dashes
 * @param replicationFactor in how many copies topics are kept, internal ones of Streams and Connect
 *     included; at most the number of brokers
 * @param bindAddress the address that the service listens on; 127.0.0.1 keeps it on this machine
 */
@Validated
@ConfigurationProperties("pipeline")
public record PipelineProperties(
        @DefaultValue("dev")
                @Pattern(
                        regexp = "[a-z0-9]+(-[a-z0-9]+)*",
                        message =
                                "must be lower-case letters, digits and single dashes between them")
                String environment,
        @DefaultValue("1") @Min(1) @Max(9) int replicationFactor,
        @DefaultValue("127.0.0.1") @NotBlank String bindAddress) {}
