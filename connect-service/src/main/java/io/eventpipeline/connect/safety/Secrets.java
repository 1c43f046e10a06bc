package io.eventpipeline.connect.safety;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Knows which settings are secret, and hides them. A setting is secret by its name, by its type, or
 * where its value carries credentials as a URL does. Placeholders are not secret; what they stand
 * for is. Immutable.
 */
public final class Secrets {

    /** What is shown instead of a secret; Kafka's own word. */
    static final String HIDDEN = Password.HIDDEN;

    /** A shorter value is found by chance in any text. */
    private static final int SHORTEST = 4;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^:}]+:[^}]+}");
    private static final Pattern IN_URL = Pattern.compile("(?<=://)([^/:@\\s]*:)([^@/\\s]+)(?=@)");
    private static final Pattern ASSIGNED =
            Pattern.compile(
                    "((?:password|passwd|pwd|passphrase|secret|token|api[-_]?key)\\s*=\\s*)"
                            + "(\"[^\"]*\"|[^&;,\\s\"]+)",
                    Pattern.CASE_INSENSITIVE);
    private static final List<Pattern> CREDENTIALS = List.of(IN_URL, ASSIGNED);

    private static final Pattern SEPARATORS = Pattern.compile("[-_.]");

    private final List<String> words;

    public Secrets(SafetyProperties properties) {
        this.words = properties.secretNames().stream().map(Secrets::plain).toList();
    }

    boolean isSecret(String name) {
        String plain = plain(name);
        return words.stream().anyMatch(plain::contains);
    }

    private static String plain(String name) {
        return SEPARATORS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** The settings as an answer may show them. */
    Map<String, String> mask(Map<String, String> config, Set<String> passwords) {
        Map<String, String> masked = new LinkedHashMap<>();
        config.forEach((name, value) -> masked.put(name, mask(name, value, passwords)));
        return masked;
    }

    @Nullable String mask(String name, @Nullable String value, Set<String> passwords) {
        if (value == null || value.isBlank() || PLACEHOLDER.matcher(value).matches()) {
            return value;
        }
        return passwords.contains(name) || isSecret(name) ? HIDDEN : withoutCredentials(value);
    }

    private static String withoutCredentials(String value) {
        String masked = value;
        for (Pattern pattern : CREDENTIALS) {
            masked =
                    pattern.matcher(masked)
                            .replaceAll(found ->
                                    Matcher.quoteReplacement(
                                            found.group(1)
                                                    + (isPlaceholder(found.group(2))
                                                            ? found.group(2)
                                                            : HIDDEN)));
        }
        return masked;
    }

    private static boolean isPlaceholder(String value) {
        return PLACEHOLDER.matcher(value).matches();
    }

    /**
     * The settings that a client means which gives back what it was shown: where it gives the mask,
     * the value that is stored.
     *
     * @throws IllegalArgumentException if the mask stands for nothing that is stored
     */
    Map<String, String> unmask(
            Map<String, String> given, Map<String, String> stored, Set<String> passwords) {
        Map<String, String> meant = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            String kept = stored.get(name);
            if (value == null || !value.contains(HIDDEN)) {
                meant.put(name, value);
            } else if (kept != null && value.equals(mask(name, kept, passwords))) {
                meant.put(name, kept);
            } else {
                throw new IllegalArgumentException(
                        "The property '%s' holds %s, which answers show instead of a secret, and no such secret is stored; give the value, or a placeholder"
                                .formatted(name, HIDDEN));
            }
        });
        return meant;
    }

    /**
     * The secret values of a connector, the longest first.
     *
     * @param resolve resolves the placeholders in the values of a map
     */
    List<String> valuesOf(
            Map<String, String> config,
            Set<String> passwords,
            UnaryOperator<Map<String, String>> resolve) {
        Map<String, String> placeholders = new LinkedHashMap<>();
        config.values().stream()
                .filter(Objects::nonNull)
                .flatMap(value -> PLACEHOLDER.matcher(value).results())
                .map(MatchResult::group)
                .forEach(placeholder -> placeholders.put(placeholder, placeholder));
        Stream<String> resolved =
                placeholders.isEmpty()
                        ? Stream.of()
                        : resolve.apply(placeholders).entrySet().stream()
                                .filter(entry -> !entry.getKey().equals(entry.getValue()))
                                .map(Map.Entry::getValue);
        Stream<String> plain =
                config.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .filter(entry ->
                                passwords.contains(entry.getKey()) || isSecret(entry.getKey()))
                        .map(Map.Entry::getValue);
        Stream<String> credentials =
                config.values().stream()
                        .filter(Objects::nonNull)
                        .flatMap(value ->
                                CREDENTIALS.stream()
                                        .flatMap(pattern -> pattern.matcher(value).results())
                                        .map(found -> found.group(2)));
        return Stream.of(resolved, plain, credentials)
                .flatMap(values -> values)
                .filter(value -> value.length() >= SHORTEST && !isPlaceholder(value))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A text without these values. */
    static @Nullable String scrub(@Nullable String text, Collection<String> values) {
        String scrubbed = text;
        for (String value : values) {
            scrubbed = scrubbed == null ? null : scrubbed.replace(value, HIDDEN);
        }
        return scrubbed;
    }

    /** Whether a setting's value is, or contains, a placeholder. */
    static boolean hasPlaceholder(@Nullable String value) {
        return value != null && PLACEHOLDER.matcher(value).find();
    }
}
