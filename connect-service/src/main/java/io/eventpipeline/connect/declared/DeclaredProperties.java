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
 * @param folder folder with more of them, one {@code .json}, {@code .yaml} or {@code .yml} file
 *     each, in the form of {@code POST /connectors}; looked at every second. A file that goes away
 *     removes nothing: {@code remove: true} does
 * @param checkInterval how often a connector that someone changed or removed is looked for
 * @param drift what happens then
 * @param dryRun whether nothing is applied, but only shown at {@code /actuator/connect/declared}
 */
@Validated
@ConfigurationProperties("pipeline.connect.declared")
public record DeclaredProperties(
        @NotNull @DefaultValue("host-metrics") List<String> builtIn,
        @Nullable Path folder,
        @NotNull @DefaultValue("30s") Duration checkInterval,
        @NotNull @DefaultValue("put-right") Drift drift,
        @DefaultValue("false") boolean dryRun) {

    public DeclaredProperties {
        if (!checkInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "pipeline.connect.declared.check-interval must be longer than nothing");
        }
    }

    /** What happens where a connector is not as it was declared, after it had been. */
    public enum Drift {
        /** The connector gets its declared configuration back. */
        PUT_RIGHT,
        /** Health and {@code /actuator/connect} name it until somebody acts. */
        REPORT
    }
}
