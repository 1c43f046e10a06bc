package io.eventpipeline.producer.intake;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} header (W3C Trace Context, section 3.2), which goes on into the record.
 */
public final class TraceParent {

    /** The header's name. */
    public static final String HEADER = "traceparent";

    /** Version ff and ids of zeros only are not valid; later versions may have more parts. */
    private static final Pattern VALID =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final int LONGEST = 255;

    private TraceParent() {}

    /** The header if it is valid; what is not is ignored, as the standard demands. */
    public static @Nullable String validOrNull(@Nullable String header) {
        return header != null && header.length() <= LONGEST && VALID.matcher(header).matches()
                ? header
                : null;
    }
}
