package io.eventpipeline.producer.retries;

import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client prefers by {@code Prefer} (RFC 7240). What is not known or cannot be read is
 * ignored, as the standard demands.
 *
 * @param respondAsync whether it wants an answer before the work is done
 * @param patience how long it wants to wait at most; null if it does not say, or says that it does
 *     not want to wait at all: nothing can be stored and confirmed in no time, and what cannot be
 *     complied with is ignored as well
 */
record Preferences(boolean respondAsync, @Nullable Duration patience) {

    static final String HEADER = "Prefer";

    private static final Preferences NONE = new Preferences(false, null);
    private static final Pattern SEPARATOR = Pattern.compile("[,;]");
    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,6})\"?");

    static Preferences of(@Nullable Enumeration<String> fields) {
        if (fields == null || !fields.hasMoreElements()) {
            return NONE;
        }
        boolean async = false;
        Duration wait = null;
        for (String field : Collections.list(fields)) {
            for (String preference : SEPARATOR.splitAsStream(field).toList()) {
                String text = preference.strip().toLowerCase(Locale.ROOT);
                Matcher waiting = WAIT.matcher(text);
                if (text.equals("respond-async")) {
                    async = true;
                } else if (wait == null && waiting.matches()) {
                    wait = Duration.ofSeconds(Long.parseLong(waiting.group(1)));
                }
            }
        }
        return new Preferences(async, wait == null || wait.isZero() ? null : wait);
    }

    /** The shorter of what the client and the service want to wait. */
    Duration within(Duration deadline) {
        return patience == null || patience.compareTo(deadline) > 0 ? deadline : patience;
    }
}
