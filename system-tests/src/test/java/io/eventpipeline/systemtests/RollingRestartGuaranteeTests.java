package io.eventpipeline.systemtests;

import io.eventpipeline.systemtests.bulk.BulkReport;
import io.eventpipeline.systemtests.bulk.BulkRun;
import io.eventpipeline.systemtests.bulk.BulkSettings;
import io.eventpipeline.systemtests.load.Seed;
import io.eventpipeline.systemtests.load.SeedExtension;
import io.eventpipeline.systemtests.services.StoringPipeline;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances under load, stopped by SIGTERM one after the other and started again, then one
 * killed: nothing is repeated, no partition moves for nothing, and the report says how long the
 * others took to go on. Takes two minutes, so only with {@code -Dsystem-tests.rolling=true}.
 */
@ExtendWith(SeedExtension.class)
@EnabledIfSystemProperty(named = "system-tests.rolling", matches = "true")
class RollingRestartGuaranteeTests {

    private static final int INSTANCES = 3;

    @TempDir private Path data;

    @Test
    void restartOfInstancesOneByOneRepeatsNothingAndMovesOnlyWhatMustMove(Seed seed)
            throws Exception {
        BulkSettings settings = BulkSettings.forRestarts();
        try (StoringPipeline pipeline =
                        StoringPipeline.start(
                                "rolling-restart", INSTANCES, settings.session(), data);
                BulkRun run = new BulkRun(pipeline, settings, seed)) {
            run.begin();
            run.restartInTurn();
            BulkReport report = run.end();
            System.out.printf("Rolling restart%n%s", report.text());
            report.verifyRestarts();
        }
    }
}
