package io.eventpipeline.benchmarks.processes;

import io.eventpipeline.benchmarks.load.BodyTemplate;
import io.eventpipeline.benchmarks.load.Endpoint;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP produce endpoint as the command line describes it: {@code name=…,url=…,content-type=…,
 * body=…}, or {@code @} and a properties file with the same keys. In the short form {@code body}
 * comes last and takes the rest of the text, commas included. Immutable.
 */
public final class EndpointSpec {

    private static final Set<String> KEYS =
            Set.of("name", "url", "method", "content-type", "receipt", "command", "pid", "body");
    private static final String LAST_KEY = "body";

    private final Map<String, String> settings;
    private final @Nullable Path folder;

    private EndpointSpec(Map<String, String> settings, @Nullable Path folder) {
        this.settings = settings;
        this.folder = folder;
        settings.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new BenchmarkException("an endpoint has %s, not %s".formatted(KEYS, key));
                });
    }

    /**
     * Reads a description.
     *
     * @throws BenchmarkException if it cannot be understood
     */
    public static EndpointSpec parse(String text) {
        return text.startsWith("@")
                ? ofFile(Path.of(text.substring(1)))
                : new EndpointSpec(ofText(text), null);
    }

    private static EndpointSpec ofFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new BenchmarkException("%s cannot be read".formatted(file), e);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> settings.put(key, properties.getProperty(key)));
        return new EndpointSpec(settings, file.toAbsolutePath().getParent());
    }

    private static Map<String, String> ofText(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        String rest = text;
        while (!rest.isEmpty()) {
            int equals = rest.indexOf('=');
            if (equals < 0) {
                throw new BenchmarkException("not key=value: " + rest);
            }
            String key = rest.substring(0, equals).strip();
            int comma = key.equals(LAST_KEY) ? -1 : rest.indexOf(',', equals);
            int end = comma < 0 ? rest.length() : comma;
            settings.put(key, rest.substring(equals + 1, end));
            rest = comma < 0 ? "" : rest.substring(comma + 1);
        }
        return settings;
    }

    /** This one, and for what it does not say, the other one. */
    public EndpointSpec over(EndpointSpec other) {
        Map<String, String> merged = new LinkedHashMap<>(other.settings);
        merged.putAll(settings);
        return new EndpointSpec(merged, folder == null ? other.folder : folder);
    }

    /** What tables call it. */
    public String name() {
        return required("name");
    }

    /** The shell command that starts it, if this run has to. */
    Optional<String> command() {
        return Optional.ofNullable(settings.get("command"));
    }

    /** The number of its process, if it runs already and its processor time is wanted. */
    Optional<Long> pid() {
        return Optional.ofNullable(settings.get("pid")).map(Long::valueOf);
    }

    /** Where the command is run. */
    Path folder() {
        return folder == null ? Path.of("").toAbsolutePath() : folder;
    }

    /**
     * The endpoint.
     *
     * @param port where it listens if this run started it: stands for {@code {{port}}} in the URL,
     *     which may be a path only
     */
    Endpoint endpoint(int port) {
        try {
            return new Endpoint(
                    name(),
                    url(port),
                    settings.getOrDefault("method", "POST"),
                    settings.getOrDefault("content-type", "application/json"),
                    BodyTemplate.parse(required("body")),
                    settings.getOrDefault("receipt", "\"offset\":"));
        } catch (IllegalArgumentException e) {
            throw new BenchmarkException(name() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private URI url(int port) {
        String url = required("url").replace("{{port}}", Integer.toString(port));
        return URI.create(url.startsWith("/") ? "http://127.0.0.1:" + port + url : url);
    }

    private String required(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new BenchmarkException("an endpoint needs %s: %s".formatted(key, settings));
        }
        return value;
    }
}
