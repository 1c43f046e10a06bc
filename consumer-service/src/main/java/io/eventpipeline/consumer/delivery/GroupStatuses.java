package io.eventpipeline.consumer.delivery;

import java.util.List;

/** Knows how the members of some groups in this instance do. Thread-safe. */
public interface GroupStatuses {

    /** The statuses of a group's members; none if it is the group of another. */
    List<MemberStatus> statuses(String group);
}
