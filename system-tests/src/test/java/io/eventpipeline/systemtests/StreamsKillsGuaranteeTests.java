package io.eventpipeline.systemtests;

import io.eventpipeline.systemtests.kills.KillsReport;
import io.eventpipeline.systemtests.kills.KillsRun;
import io.eventpipeline.systemtests.kills.KillsSettings;
import io.eventpipeline.systemtests.load.Seed;
import io.eventpipeline.systemtests.load.SeedExtension;
import io.eventpipeline.systemtests.services.AskedPipeline;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances of streams-service under load and questions, three brokers, and kill -9 of an
 * instance or a broker in turn: each order has one shipment, each view counts once in each kind of
 * window, nothing is out of order, and no answer is older than admitted.
 *
 * <p>Only with {@code -Dsystem-tests.kills}: 12 is the full form, with a kill every 20 s; with 2 an
 * instance and a broker are killed once. {@code -Dsystem-tests.seed} repeats a run.
 */
@ExtendWith(SeedExtension.class)
@EnabledIfSystemProperty(named = "system-tests.kills", matches = "\\d+")
class StreamsKillsGuaranteeTests {

    private static final int INSTANCES = 3;

    @TempDir private Path data;

    @Test
    void everyResultIsThereOnceAndNoAnswerIsWrongWhateverIsKilled(Seed seed) {
        KillsSettings settings = KillsSettings.fromProperties();
        try (AskedPipeline pipeline =
                        AskedPipeline.start("streams-kills", INSTANCES, settings.session(), data);
                KillsRun run = new KillsRun(pipeline, settings, seed)) {
            run.begin();
            run.strikeInTurn();
            KillsReport report = run.end();
            System.out.printf("Kills of streams-service%n%s", report.text());
            report.verify();
        }
    }
}
