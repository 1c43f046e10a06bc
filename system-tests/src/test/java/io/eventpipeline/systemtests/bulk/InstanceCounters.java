package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.systemtests.services.StoringPipeline.Instance;
import java.util.List;

/** Counters of all instances, over the ends of those that are killed. Confined to one thread. */
final class InstanceCounters {

    static final String REFUSED = "pipeline_consumer_zombie_writes_refused_total";
    private static final String UNKNOWN = "pipeline_consumer_commits_unknown_total";

    private double refused;
    private double unknown;

    /** An instance is about to end: its counts would be gone. */
    void keep(Instance instance) {
        refused += instance.process().metric(REFUSED);
        unknown += instance.process().metric(UNKNOWN);
    }

    /** The end: the counts of those that still run come in. */
    void keepAll(List<Instance> instances) {
        instances.forEach(this::keep);
    }

    /** Slices that were refused to a member because another one had moved the offset. */
    long refused() {
        return Math.round(refused);
    }

    /** Commits that were sent and not answered, as the instances saw them. */
    long unknown() {
        return Math.round(unknown);
    }
}
