package io.eventpipeline.systemtests;

import io.eventpipeline.systemtests.bulk.BulkReport;
import io.eventpipeline.systemtests.bulk.BulkRun;
import io.eventpipeline.systemtests.bulk.BulkSettings;
import io.eventpipeline.systemtests.load.Seed;
import io.eventpipeline.systemtests.load.SeedExtension;
import io.eventpipeline.systemtests.services.StoringPipeline;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises 2 and 3 of DESIGN.md section 9 in bulk: orders with 2 % copies straight into the topic,
 * three instances, three brokers, and one fault after the other. The table has each order once, the
 * archive each offset once, each customer's orders lie in order.
 *
 * <p>{@code -Dsystem-tests.orders=1000000} is the full length, with a fault every 20 s; without it
 * each kind of fault strikes once. {@code -Dsystem-tests.seed} repeats a run.
 */
@ExtendWith(SeedExtension.class)
class MillionOrdersGuaranteeTests {

    private static final int INSTANCES = 3;

    @TempDir private Path data;

    @Test
    void everyOrderIsStoredOnceAndArchivedOnceAndInOrderWhateverBreaks(Seed seed) throws Exception {
        BulkSettings settings = BulkSettings.fromProperties();
        try (StoringPipeline pipeline =
                        StoringPipeline.start(
                                "million-orders", INSTANCES, settings.session(), data);
                BulkRun run = new BulkRun(pipeline, settings, seed)) {
            run.begin();
            run.strikeInTurn();
            BulkReport report = run.end();
            System.out.printf("Bulk run%n%s", report.text());
            report.verify();
        }
    }
}
