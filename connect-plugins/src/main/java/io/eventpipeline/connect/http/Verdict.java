package io.eventpipeline.connect.http;

/** What a status says about what was sent. The one place that decides. */
enum Verdict {
    /** Taken. */
    ACCEPTED,
    /** Not taken this time: the same may be taken later. */
    RETRY,
    /** What was sent is wrong and stays so. */
    REFUSED,
    /** Nothing is wrong with what was sent, but with how or where: every record would fare so. */
    MISCONFIGURED;

    static Verdict of(int status) {
        if (status / 100 == 2) {
            return ACCEPTED;
        }
        return switch (status) {
            case 408, 425, 429 -> RETRY;
            case 400, 409, 413, 422 -> REFUSED;
            default -> status / 100 == 5 && status != 501 && status != 505 ? RETRY : MISCONFIGURED;
        };
    }
}
