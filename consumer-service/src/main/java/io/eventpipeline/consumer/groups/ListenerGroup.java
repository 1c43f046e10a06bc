package io.eventpipeline.consumer.groups;

import io.eventpipeline.consumer.archive.ArchiveMembers;
import java.util.Arrays;

/** The groups and what they read. */
public enum ListenerGroup {
    /** Orders, payments and shipments. */
    SHIPMENTS(Ids.SHIPMENTS),
    /** Measurements of servers. */
    MEASUREMENTS(Ids.MEASUREMENTS),
    /** Everything, into files. */
    ARCHIVE(ArchiveMembers.GROUP);

    private final String id;

    ListenerGroup(String id) {
        this.id = id;
    }

    /** The group's id, which is its listener's too. */
    public String id() {
        return id;
    }

    /** Whether a listener writes tables, and so needs PostgreSQL. */
    static boolean writesTables(String listener) {
        return listener.equals(Ids.SHIPMENTS) || listener.equals(Ids.MEASUREMENTS);
    }

    static ListenerGroup withId(String id) {
        return Arrays.stream(values())
                .filter(group -> group.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No group is called " + id));
    }

    /** The ids as constants, for annotations. */
    static final class Ids {
        static final String SHIPMENTS = "shipments";
        static final String MEASUREMENTS = "measurements";

        private Ids() {}
    }
}
