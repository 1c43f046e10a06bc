package io.eventpipeline.connect.declared;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the declared connectors.
 *
 * @param builtIn which of the connectors that come with the service are applied; empty for none. A
 *     connector that was applied before is not removed
 * @param folder folder with more of them, one {@code .json} file each, in the form of {@code POST
 *     /connectors}
 * @param checkInterval how often a connector that someone changed or removed is put right
 */
@Validated
@ConfigurationProperties("pipeline.connect.declared")
public record DeclaredProperties(
        @NotNull @DefaultValue("host-metrics") List<String> builtIn,
        @Nullable Path folder,
        @NotNull @DefaultValue("30s") Duration checkInterval) {}
