package io.eventpipeline.benchmarks.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All of a run, as it is written to the file.
 *
 * @param machine what it ran on
 * @param settings the settings that make numbers differ
 * @param medians over the rounds
 * @param rounds every measurement, in the order in which they were made
 */
public record LoadReport(
        Machine machine,
        Map<String, Object> settings,
        List<Measurement> medians,
        List<List<Measurement>> rounds) {

    /** The report of measurements. */
    public static LoadReport of(
            Machine machine, Map<String, Object> settings, List<List<Measurement>> rounds) {
        return new LoadReport(
                machine,
                settings,
                Medians.of(rounds.stream().flatMap(List::stream).toList()),
                rounds);
    }

    /** The table of the medians, with the first target's ratio to each of the others. */
    public String table() {
        return ResultTable.of(medians);
    }

    /** Writes it as JSON. */
    public void write(Path file) {
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(file, this);
    }
}
