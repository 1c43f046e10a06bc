package io.eventpipeline.consumer.delivery;

/**
 * What the members of a group need to know of their settings.
 *
 * @param commits how the group keeps where it stands
 * @param writes how its rows get into their tables
 * @param mayBeReset whether the client goes on elsewhere by itself where its position left the log,
 *     so that the member has to look out for it
 */
public record GroupRules(CommitMode commits, WriteMode writes, boolean mayBeReset) {

    static final GroupRules STRICT =
            new GroupRules(CommitMode.TRANSACTIONAL, WriteMode.UPSERT, true);
}
