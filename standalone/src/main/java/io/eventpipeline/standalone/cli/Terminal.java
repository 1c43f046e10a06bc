package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.instance.PipelineException;
import java.io.Console;
import java.util.Locale;

/** The person at the terminal, if there is one. */
final class Terminal {

    private Terminal() {}

    // Never null since JDK 22; the null checker knows only the older contract.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isPresent() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /**
     * Asks a question that yes answers.
     *
     * @throws PipelineException if nobody is there to be asked
     */
    @SuppressWarnings("SystemConsoleNull")
    static boolean agreesTo(String question) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new PipelineException("Nobody is there to be asked: add --yes. " + question);
        }
        String answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /**
     * Asks for a text.
     *
     * @param option how to give it where nobody can be asked
     * @throws PipelineException if nobody is there to be asked
     */
    @SuppressWarnings("SystemConsoleNull")
    static String answerTo(String question, String option) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new PipelineException(
                    "Nobody is there to be asked: add %s. %s".formatted(option, question));
        }
        String answer = console.readLine("%s ", question);
        return answer == null ? "" : answer;
    }
}
