package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.traffic.Demo;
import java.io.PrintStream;

/** A bar on a terminal, a line for each quarter elsewhere. */
final class ProgressBar implements Demo.Progress {

    private static final int CELLS = 40;
    private static final int PARTS_WITHOUT_TERMINAL = 4;

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private int shown = -1;

    ProgressBar(PrintStream out, boolean terminal, String what) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
    }

    @Override
    public void at(int done, int of) {
        int steps = terminal ? of : PARTS_WITHOUT_TERMINAL;
        int step = of == 0 ? steps : (int) ((long) done * steps / of);
        if (step == shown) {
            return;
        }
        shown = step;
        if (!terminal) {
            out.printf("  %d of %d %s%n", done, of, what);
            return;
        }
        int cells = of == 0 ? CELLS : (int) ((long) done * CELLS / of);
        out.printf(
                "\r  [%s%s] %d of %d %s",
                "#".repeat(cells), ".".repeat(CELLS - cells), done, of, what);
        if (done == of) {
            out.println();
        }
        out.flush();
    }
}
