package io.eventpipeline.localcluster.facts;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs one of Kafka's command line tools in this JVM, which saves a JVM's start. Replaces standard
 * output and the exit of the whole JVM meanwhile, so never by two threads at once.
 */
final class Tool {

    private Tool() {}

    /** The {@code main} of a tool. */
    interface Main {
        void run(String[] arguments) throws Exception;
    }

    /**
     * What the tool printed, errors included.
     *
     * @param exitCode 0 also where it returned without an exit
     */
    record Result(int exitCode, String output) {}

    static Result run(Main main, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exitCode = 0;
        try (PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            System.setErr(captured);
            Exit.setExitProcedure((code, message) -> {
                throw new Exited(code);
            });
            main.run(arguments);
        } catch (Exited e) {
            exitCode = e.code;
        } catch (Exception e) {
            exitCode = 1;
            printed.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
        } finally {
            Exit.resetExitProcedure();
            System.setOut(out);
            System.setErr(err);
        }
        return new Result(exitCode, printed.toString(StandardCharsets.UTF_8));
    }

    private static final class Exited extends RuntimeException {
        private final int code;

        Exited(int code) {
            super("exit code " + code);
            this.code = code;
        }
    }
}
