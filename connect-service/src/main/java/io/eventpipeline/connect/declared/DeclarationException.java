package io.eventpipeline.connect.declared;

import org.jspecify.annotations.Nullable;

/** A file does not declare a connector; the message names the file and the field. */
final class DeclarationException extends RuntimeException {

    private final String problem;

    DeclarationException(String file, String problem, @Nullable Throwable cause) {
        super("The connector declaration " + file + ": " + problem, cause);
        this.problem = problem;
    }

    /** What is wrong, without the file. */
    String problem() {
        return problem;
    }
}
