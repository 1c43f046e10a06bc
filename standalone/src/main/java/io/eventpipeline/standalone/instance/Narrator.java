package io.eventpipeline.standalone.instance;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells the user what happens: a line for each event, and on a terminal one more line that changes,
 * with what is still awaited. Safe for use by several threads.
 */
public final class Narrator {

    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final Set<String> awaited = new TreeSet<>();
    private boolean lineOpen;

    /**
     * Creates a narrator.
     *
     * @param out where to
     * @param terminal whether a line may be overwritten
     */
    public Narrator(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints a line. */
    public synchronized void say(String line) {
        closeLine();
        out.println(line);
        out.flush();
    }

    synchronized void await(String component) {
        awaited.add(component);
    }

    synchronized void ready(String component, String where, Duration took) {
        awaited.remove(component);
        say("  %-18s ready %-28s %5.1f s".formatted(component, where, took.toMillis() / 1e3));
    }

    synchronized void gaveUp() {
        awaited.clear();
        closeLine();
    }

    /** Refreshes the line that changes. */
    synchronized void tick(Duration since) {
        if (terminal && !awaited.isEmpty()) {
            String line =
                    "  waiting for %s, %d s"
                            .formatted(String.join(", ", awaited), since.toSeconds());
            closeLine();
            out.printf("\r%s", line.length() > WIDTH ? line.substring(0, WIDTH) : line);
            out.flush();
            lineOpen = true;
        }
    }

    private void closeLine() {
        if (lineOpen) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            lineOpen = false;
        }
    }
}
