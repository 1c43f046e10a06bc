package io.eventpipeline.connect.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the Connect worker.
 *
 * @param pluginPath folder of plugin folders; each connector lies with its jars in a folder of its
 *     own below it. The service does not start where the folder is missing
 * @param pluginDiscovery how plugins are found; the slower ways also find jars without a manifest
 * @param files folder that the file connectors may read and write below; made if it is missing
 * @param secrets folder whose files a connector's settings may refer to as {@code
 *     ${file:/path/name.properties:key}} and {@code ${directory:/path:name}}; without it nothing is
 *     read from files
 * @param restPort port of Kafka Connect's REST API; 0 takes a free one
 * @param advertisedHost host name under which the other workers reach this one; without it the bind
 *     address, or the machine's name where that means every interface
 * @param stopTimeout how long a stop may take before what is left is given up; tasks get 5 s of it
 */
@Validated
@ConfigurationProperties("pipeline.connect")
public record ConnectProperties(
        @NotNull @DefaultValue("plugins") Path pluginPath,
        @NotNull @DefaultValue("service_load") PluginDiscovery pluginDiscovery,
        @NotNull @DefaultValue("data/files") Path files,
        @Nullable Path secrets,
        @Min(0) @Max(65535) @DefaultValue("8083") int restPort,
        @Nullable String advertisedHost,
        @NotNull @DefaultValue("20s") Duration stopTimeout) {

    public ConnectProperties {
        if (!stopTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "pipeline.connect.stop-timeout must be longer than nothing");
        }
    }

    /** How Kafka Connect finds plugins (KIP-898, Modernize Connect plugin discovery). */
    public enum PluginDiscovery {
        /** By manifest only; the worker starts in a few seconds. */
        SERVICE_LOAD,
        /** By manifest and by reading every class; names what has no manifest. */
        HYBRID_WARN,
        /** As the one before, but refuses to start where a manifest is missing. */
        HYBRID_FAIL,
        /** By reading every class, as old workers did. */
        ONLY_SCAN
    }
}
