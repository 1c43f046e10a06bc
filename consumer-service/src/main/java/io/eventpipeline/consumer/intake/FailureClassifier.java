package io.eventpipeline.consumer.intake;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a failure means; nobody else does. A failure that is not known to be the record's
 * own fault counts as transient: a dead letter for an outage would be wrong a million times over.
 */
public final class FailureClassifier {

    private FailureClassifier() {}

    /** Classifies what was thrown while records were written. */
    public static Failure classify(Throwable thrown) {
        if (thrown instanceof Error) {
            return Failure.FATAL;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PoisonRecordException
                    || (cause instanceof SQLException sql && isContent(sql.getSQLState()))) {
                return Failure.POISON;
            }
        }
        return Failure.TRANSIENT;
    }

    /** The SQLSTATE of the database's refusal, for messages that must not quote its words. */
    public static String sqlStateOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return "SQLSTATE " + sql.getSQLState();
            }
        }
        return "no SQLSTATE";
    }

    /**
     * Classes of SQLSTATE (PostgreSQL, appendix A) that a row's own content causes: 22 data
     * exception, 23 integrity constraint violation, 54 program limit exceeded (an id too long for
     * an index).
     */
    private static boolean isContent(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("22")
                        || sqlState.startsWith("23")
                        || sqlState.startsWith("54"));
    }
}
