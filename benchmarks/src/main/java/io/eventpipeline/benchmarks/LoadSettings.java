package io.eventpipeline.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param scenarios what is done
 * @param rounds how often
 * @param warmUp how long each scenario runs on each target before the first round
 * @param measured how long each measurement takes
 * @param valueBytes the size of a record's value
 */
record LoadSettings(
        List<Scenario> scenarios, int rounds, Duration warmUp, Duration measured, int valueBytes) {}
