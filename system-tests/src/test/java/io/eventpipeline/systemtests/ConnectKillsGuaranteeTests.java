package io.eventpipeline.systemtests;

import io.eventpipeline.systemtests.connect.ConnectKillsRun;
import io.eventpipeline.systemtests.services.ConnectPipeline;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers of connect-service with file sources and sinks, and kill -9 of one: a reader of
 * committed records sees each line once, every sink has every line, and afterwards both workers
 * know the same connectors. A clean stop then doubles nothing.
 *
 * <p>Only with {@code -Dsystem-tests.connect-kills}: 1 is one kill and a few tasks, 3 is the full
 * form, with twenty tasks.
 */
@EnabledIfSystemProperty(named = "system-tests.connect-kills", matches = "\\d+")
class ConnectKillsGuaranteeTests {

    private static final int WORKERS = 2;
    private static final int KILLS = Integer.getInteger("system-tests.connect-kills", 1);

    @TempDir private Path data;

    @Test
    void linesAreNeitherLostNorDoubledWhateverIsKilled() throws IOException {
        int pairs = KILLS > 1 ? 10 : 3;
        try (ConnectPipeline pipeline = ConnectPipeline.start("connect-kills", WORKERS, data);
                ConnectKillsRun run = new ConnectKillsRun(pipeline, pairs)) {
            run.begin();
            for (int kill = 0; kill < KILLS; kill++) {
                // The one that decides for the group first, then the other, and so on.
                run.killAndRestart(kill % WORKERS);
            }
            run.verify();
            run.stopCleanlyAndVerify();
        }
    }
}
