package io.eventpipeline.benchmarks.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of one thing, or the medians of several times.
 *
 * @param what the thing
 * @param figures each with its unit in its name, in the order of the table's columns
 */
public record Figures(String what, Map<String, Double> figures) {

    /** Keeps a copy in the same order. */
    public Figures {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
