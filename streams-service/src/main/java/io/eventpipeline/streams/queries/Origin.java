package io.eventpipeline.streams.queries;

import io.eventpipeline.streams.queries.freshness.Freshness;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Where an answer comes from, as headers say it.
 *
 * @param role what the instance is to the partition
 * @param staleness all that Kafka had stored so long ago is in the answer; null if that is not
 *     known
 */
public record Origin(Role role, @Nullable Duration staleness) {

    /** {@code host:port} of the instance whose store was read. */
    public static final String SERVED_BY_HEADER = "Pipeline-Served-By";

    /** {@code active} or {@code standby}. */
    public static final String ROLE_HEADER = "Pipeline-Role";

    /** An ISO-8601 duration, or {@code unknown}. */
    public static final String STALENESS_HEADER = "Pipeline-Staleness";

    private static final String UNKNOWN = "unknown";

    /** What an instance is to a partition. */
    public enum Role {
        /** It processes the partition. */
        ACTIVE,
        /** It follows what the active instance writes, to take over from it or to be it. */
        STANDBY;

        /** As the header has it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Origin of(Role role, OptionalLong moment) {
        return new Origin(role, moment.isPresent() ? Freshness.since(moment.getAsLong()) : null);
    }

    /** Whether a caller who admits so much can have the answer. */
    boolean isWithin(@Nullable Duration maxStaleness) {
        return maxStaleness == null
                || (staleness != null && staleness.compareTo(maxStaleness) <= 0);
    }

    /** In milliseconds, never less than it is; null if it is not known. */
    public @Nullable Long stalenessMillis() {
        return staleness == null ? null : staleness.plusNanos(999_999).toMillis();
    }

    /** The staleness as the header has it. */
    String stalenessText() {
        return text(stalenessMillis());
    }

    public static String text(@Nullable Long stalenessMillis) {
        return stalenessMillis == null ? UNKNOWN : Duration.ofMillis(stalenessMillis).toString();
    }

    void writeTo(HttpHeaders headers, HostInfo self) {
        headers.set(SERVED_BY_HEADER, self.host() + ":" + self.port());
        headers.set(ROLE_HEADER, role.text());
        headers.set(STALENESS_HEADER, stalenessText());
    }
}
