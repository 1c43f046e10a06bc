package io.eventpipeline.connect.declared;

import java.util.Map;
import java.util.TreeMap;

/**
 * A connector as a file declares it, with its placeholders resolved.
 *
 * @param name its name in the group
 * @param config its configuration, without the name
 */
record DeclaredConnector(String name, Map<String, String> config) {

    private static final String NAME = "name";

    /** Whether the worker has exactly this configuration. */
    boolean isConfiguredAs(Map<String, String> actual) {
        Map<String, String> expected = new TreeMap<>(config);
        expected.put(NAME, name);
        return expected.equals(actual);
    }
}
