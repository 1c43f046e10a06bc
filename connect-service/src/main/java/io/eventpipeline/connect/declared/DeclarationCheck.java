package io.eventpipeline.connect.declared;

import io.eventpipeline.connect.declared.DeclaredConnector.Difference;
import io.eventpipeline.connect.declared.DeclaredState.Status;
import io.eventpipeline.connect.rest.ConnectRestClient;
import io.eventpipeline.connect.rest.InvalidConnectorException;
import io.eventpipeline.connect.worker.RunningWorker;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what is declared with what is there; changes nothing. Stateless. */
final class DeclarationCheck {

    private static final int MOST_ERRORS = 10;

    private DeclarationCheck() {}

    static DeclaredState stateOf(DeclaredConnector declared, RunningWorker worker) {
        Optional<Map<String, String>> actual = worker.config(declared.name());
        if (declared.isRemoved()) {
            return state(
                    declared,
                    actual.isPresent() ? Status.TO_REMOVE : Status.IN_PLACE,
                    new TreeMap<>());
        }
        if (actual.isEmpty()) {
            return state(declared, Status.MISSING, new TreeMap<>());
        }
        SortedMap<String, Difference> differences = declared.differencesTo(actual.get());
        Map<String, String> shownDeclared = worker.shown(declared.stored());
        Map<String, String> shownActual = worker.shown(actual.get());
        SortedMap<String, Map<String, String>> shown = new TreeMap<>();
        differences
                .keySet()
                .forEach(property -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    putIfPresent(values, "declared", shownDeclared.get(property));
                    putIfPresent(values, "actual", shownActual.get(property));
                    shown.put(property, values);
                });
        return state(declared, shown.isEmpty() ? Status.IN_PLACE : Status.DIFFERENT, shown);
    }

    /**
     * What the worker would refuse, by field.
     *
     * @return absent if nothing
     */
    static @Nullable String problemOf(DeclaredConnector declared, ConnectRestClient rest) {
        if (declared.isRemoved()) {
            return null;
        }
        if (!declared.config().containsKey("connector.class")) {
            return "the field 'config.connector.class' is missing";
        }
        try {
            Map<String, List<String>> errors = rest.validate(declared.stored());
            return errors.isEmpty() ? null : words(errors);
        } catch (InvalidConnectorException e) {
            return "the field 'config': " + e.getMessage();
        }
    }

    private static String words(Map<String, ? extends Collection<String>> errors) {
        return errors.entrySet().stream()
                .limit(MOST_ERRORS)
                .map(field ->
                        "the field 'config.%s': %s"
                                .formatted(field.getKey(), String.join("; ", field.getValue())))
                .collect(Collectors.joining("; "));
    }

    private static DeclaredState state(
            DeclaredConnector declared,
            Status status,
            SortedMap<String, Map<String, String>> differences) {
        return new DeclaredState(declared.file(), declared.name(), status, differences, null);
    }

    private static void putIfPresent(
            Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
