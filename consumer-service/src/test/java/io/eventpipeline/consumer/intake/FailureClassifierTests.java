package io.eventpipeline.consumer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** An outage is never taken for a bad record, and a bad record never for an outage. */
class FailureClassifierTests {

    @Test
    void takesWhatPostgresRefusesForPoison() {
        assertThat(classify("22021")).isEqualTo(Failure.POISON);
        assertThat(classify("23514")).isEqualTo(Failure.POISON);
        assertThat(classify("54000")).isEqualTo(Failure.POISON);
    }

    @Test
    void takesLostConnectionsDeadlocksAndTimeoutsForTransient() {
        assertThat(classify("08006")).isEqualTo(Failure.TRANSIENT);
        assertThat(classify("40P01")).isEqualTo(Failure.TRANSIENT);
        assertThat(classify("57014")).isEqualTo(Failure.TRANSIENT);
        assertThat(FailureClassifier.classify(new IllegalStateException("?")))
                .isEqualTo(Failure.TRANSIENT);
    }

    @Test
    void takesErrorsForFatal() {
        assertThat(FailureClassifier.classify(new OutOfMemoryError())).isEqualTo(Failure.FATAL);
    }

    private static Failure classify(String sqlState) {
        return FailureClassifier.classify(
                new DataIntegrityViolationException("refused", new SQLException("", sqlState)));
    }
}
