package io.eventpipeline.systemtests;

import io.eventpipeline.systemtests.checkers.GuaranteeSuite;
import io.eventpipeline.systemtests.faults.Fault;
import io.eventpipeline.systemtests.load.Seed;
import io.eventpipeline.systemtests.load.SeedExtension;
import io.eventpipeline.systemtests.services.RunningPipeline;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises 1 to 3 of DESIGN.md section 9 for orders and shipments: on three brokers and two
 * instances of consumer-service, under load, with kill -9 of each kind of process and with a frozen
 * instance that wakes up as a zombie.
 *
 * <p>{@code -Dsystem-tests.faults} names what is broken ({@link Fault}, with commas between, or
 * {@code all}), {@code -Dsystem-tests.rounds} how often each (once if not given), {@code
 * -Dsystem-tests.rate} the orders a second; {@code -Dsystem-tests.seed} repeats a run. The full
 * length is {@code -Dsystem-tests.faults=all -Dsystem-tests.rounds=5}.
 */
@ExtendWith(SeedExtension.class)
class OrdersGuaranteeTests {

    private static final int ROUNDS = Integer.getInteger("system-tests.rounds", 1);

    private static final List<Fault> FAULTS =
            Fault.parse(System.getProperty("system-tests.faults", ""));

    @TempDir private Path data;

    @Test
    void everyAnsweredOrderIsStoredOnceAndInOrderWhateverIsKilledOrFrozen(Seed seed)
            throws Exception {
        GuaranteeSuite suite =
                FAULTS.contains(Fault.ZOMBIE)
                        ? GuaranteeSuite.forOrders()
                        : GuaranteeSuite.forOrdersWithoutZombies();
        try (RunningPipeline pipeline = RunningPipeline.start("orders-guarantee", 3, 2, data);
                GuaranteeRun run = new GuaranteeRun(pipeline, seed)) {
            run.begin();
            for (int round = 1; round <= ROUNDS; round++) {
                for (Fault fault : FAULTS) {
                    run.strike(fault);
                }
            }
            RunReport report = run.end(seed);
            System.out.printf("Guarantee run, %d x %s%n%s", ROUNDS, FAULTS, report.text(suite));
            suite.verify(report.history());
        }
    }
}
