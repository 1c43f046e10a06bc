package io.eventpipeline.systemtests.checkers;

import io.eventpipeline.systemtests.history.History;
import java.util.List;

/** One guarantee. Stateless. */
public interface Checker {

    /** The guarantee as a sentence. */
    String promise();

    /**
     * Looks for what breaks the promise.
     *
     * @return one sentence for each breach, that names topic, partition, offset or order; empty if
     *     the promise was kept
     */
    List<String> check(History history);
}
