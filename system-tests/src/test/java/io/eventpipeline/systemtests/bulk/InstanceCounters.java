package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.systemtests.services.StoringPipeline.Instance;
import java.util.List;
import java.util.Map;

/** Counters of all instances, over the ends of those that are killed. Confined to one thread. */
final class InstanceCounters {

    private static final String REFUSED = "pipeline_consumer_zombie_writes_refused_total";
    private static final String UNKNOWN = "pipeline_consumer_commits_unknown_total";

    private double refused;
    private double refusedByArchive;
    private double unknown;

    /** Slices that were refused to an instance since it started. */
    static double refused(Instance instance) {
        return refused(instance, StoredOffsets.GROUP);
    }

    private static double refused(Instance instance, String group) {
        return instance.process().metric(REFUSED, Map.of("group", group));
    }

    /** An instance is about to end: its counts would be gone. */
    void keep(Instance instance) {
        refused += refused(instance);
        refusedByArchive += refused(instance, "archive");
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

    /** Files that the archive refused, because another member had published their range. */
    long refusedByArchive() {
        return Math.round(refusedByArchive);
    }

    /** Commits that were sent and not answered, as the instances saw them. */
    long unknown() {
        return Math.round(unknown);
    }
}
