package io.eventpipeline.consumer;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Members that a test left in a group: dead ones, and static ones that were stopped. Until their
 * session ends nobody else gets a partition, so the next test would wait for that.
 */
public final class LeftMembers {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private LeftMembers() {}

    /** Removes all members of a group, living ones too. */
    public static void remove(String bootstrapServers, String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> remove(admin, group));
        }
    }

    private static boolean remove(Admin admin, String group) throws Exception {
        try {
            if (admin
                    .describeConsumerGroups(List.of(group))
                    .all()
                    .get(60, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .allMatch(description -> description.members().isEmpty())) {
                return true;
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw e;
        }
        admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get(60, TimeUnit.SECONDS);
        return true;
    }
}
