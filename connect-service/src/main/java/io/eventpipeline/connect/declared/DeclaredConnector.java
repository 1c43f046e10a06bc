package io.eventpipeline.connect.declared;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A connector as a file declares it, with the service's own placeholders resolved.
 *
 * @param file where it is declared
 * @param name its name in the group
 * @param config its configuration, without the name
 * @param initialState the state that it is made in; absent for running
 * @param isRemoved whether it is declared to be absent
 */
record DeclaredConnector(
        String file,
        String name,
        Map<String, String> config,
        @Nullable String initialState,
        boolean isRemoved) {

    private static final String NAME = "name";

    /** The configuration with the name, as Kafka Connect stores it. */
    Map<String, String> stored() {
        Map<String, String> stored = new TreeMap<>(config);
        stored.put(NAME, name);
        return stored;
    }

    /**
     * What an actual configuration has otherwise: by the property, what is declared and what is
     * there.
     */
    SortedMap<String, Difference> differencesTo(Map<String, String> actual) {
        Map<String, String> expected = stored();
        SortedMap<String, Difference> differences = new TreeMap<>();
        expected.forEach((property, value) -> {
            if (!Objects.equals(value, actual.get(property))) {
                differences.put(property, new Difference(value, actual.get(property)));
            }
        });
        actual.forEach((property, value) -> {
            if (!expected.containsKey(property)) {
                differences.put(property, new Difference(null, value));
            }
        });
        return differences;
    }

    /**
     * Two values of a property.
     *
     * @param declared what the file says; absent if nothing
     * @param actual what the worker has; absent if nothing
     */
    record Difference(@Nullable String declared, @Nullable String actual) {}
}
