package io.eventpipeline.streams.alerts;

import io.eventpipeline.model.ops.ServerAlert.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides how bad something is, in the light of how bad it was. Immutable. */
final class Thresholds {

    private final ServerAlertsProperties settings;

    Thresholds(ServerAlertsProperties settings) {
        this.settings = settings;
    }

    /**
     * The severity of a share now. It rises at once and falls only when the share is below the
     * threshold by the hysteresis, so that a share that swings around a threshold alerts once.
     */
    @Nullable Severity of(double share, @Nullable Severity before) {
        if (share >= settings.critical()
                || (before == Severity.CRITICAL
                        && share >= settings.critical() - settings.hysteresis())) {
            return Severity.CRITICAL;
        }
        if (share >= settings.warning()
                || (before != null && share >= settings.warning() - settings.hysteresis())) {
            return Severity.WARNING;
        }
        return null;
    }

    /** The severity of a silence. */
    @Nullable Severity of(Duration silence) {
        if (silence.compareTo(settings.silentCritical()) >= 0) {
            return Severity.CRITICAL;
        }
        return silence.compareTo(settings.silentWarning()) >= 0 ? Severity.WARNING : null;
    }

    /** What a share of that severity was compared with. */
    double share(Severity severity) {
        return severity == Severity.CRITICAL ? settings.critical() : settings.warning();
    }

    /** What a silence of that severity was compared with. */
    Duration silence(Severity severity) {
        return severity == Severity.CRITICAL ? settings.silentCritical() : settings.silentWarning();
    }

    /** Whether a host is gone for good. */
    boolean isForgotten(Duration silence) {
        return silence.compareTo(settings.forgetAfter()) >= 0;
    }

    /** Whether it became worse, so that somebody has to be told. */
    static boolean isWorse(@Nullable Severity now, @Nullable Severity before) {
        return now != null && (before == null || now.compareTo(before) > 0);
    }
}
