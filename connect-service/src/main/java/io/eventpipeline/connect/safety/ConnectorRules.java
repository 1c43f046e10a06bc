package io.eventpipeline.connect.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a connector may be and may be told. Immutable.
 *
 * <p>Kafka's clients refuse the login modules themselves (CVE-2023-25194, CVE-2025-27818) once a
 * task runs; here the client that asks for them learns it. Config providers of a connector's own
 * clients (CVE-2024-31141) would read any file and variable, past the worker's allow-lists.
 */
public final class ConnectorRules {

    private static final String FILE_CONNECTORS = "org.apache.kafka.connect.file.";
    private static final String FILE = "file";
    private static final Pattern PROVIDERS = Pattern.compile("(.*\\.)?config\\.providers(\\..*)?");
    private static final Pattern LOGIN_MODULES =
            Pattern.compile("(Jndi|Ldap)LoginModule", Pattern.CASE_INSENSITIVE);

    private final SafetyProperties properties;
    private final FileFolder files;

    public ConnectorRules(SafetyProperties properties, FileFolder files) {
        this.properties = properties;
        this.files = files;
    }

    /**
     * Tells why a connector may not run.
     *
     * @param connectorClass the class, not an alias of it
     * @param config its settings with placeholders resolved
     * @return empty if it may; no sentence repeats a value
     */
    List<String> refusalsOf(String connectorClass, Map<String, String> config) {
        List<String> refusals = new ArrayList<>();
        if (!properties.allows(connectorClass)) {
            refusals.add(
                    "The connector class "
                            + connectorClass
                            + " is not allowed on this worker"
                            + " (pipeline.connect.safety.allowed-connectors)");
        }
        if (connectorClass.startsWith(FILE_CONNECTORS)) {
            files.refusalOf(config.get(FILE)).ifPresent(refusals::add);
        }
        config.forEach((name, value) -> {
            if (PROVIDERS.matcher(name).matches()) {
                refusals.add(
                        "The property '"
                                + name
                                + "' is refused: config providers are the worker's alone");
            }
            if (value != null && LOGIN_MODULES.matcher(value).find()) {
                refusals.add(
                        "The property '"
                                + name
                                + "' is refused: it names a forbidden login module");
            }
        });
        return refusals;
    }
}
