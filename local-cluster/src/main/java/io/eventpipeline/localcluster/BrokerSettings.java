package io.eventpipeline.localcluster;

import java.util.Map;
import java.util.TreeMap;

/**
 * The settings that every broker gets, for one broker and for three; docker-compose.yml mirrors
 * them. Time-outs are such that a dead broker is out of the in-sync replicas within about 3 s, and
 * a dead member out of its group within 10 s.
 */
final class BrokerSettings {

    private BrokerSettings() {}

    static Map<String, String> forCluster(int brokers) {
        String replicas = Integer.toString(brokers);
        String inSync = brokers >= 3 ? "2" : "1";
        Map<String, String> settings = new TreeMap<>();
        settings.put("auto.create.topics.enable", "false");
        settings.put("delete.topic.enable", "true");
        settings.put("unclean.leader.election.enable", "false");
        settings.put("log.retention.hours", "72");
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        internalTopics(settings, replicas, inSync);
        failureDetection(settings);
        smallFootprint(settings);
        return settings;
    }

    private static void internalTopics(
            Map<String, String> settings, String replicas, String inSync) {
        // Each partition costs time when a coordinator starts; the defaults of 50 are for many
        // groups.
        String partitions = "10";
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("offsets.topic.num.partitions", partitions);
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("transaction.state.log.num.partitions", partitions);
        // How late a transaction that timed out is ended: readers of its partitions wait for it.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // A transaction begins as soon as the one before is decided, and its first records wait
        // here until the markers of that one are written. With the default of 100 ms a busy cluster
        // sends them back, what is behind them arrives out of order, and all is sent again.
        settings.put("add.partitions.to.txn.retry.backoff.max.ms", "2000");
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        settings.put("share.coordinator.state.topic.num.partitions", partitions);
    }

    private static void failureDetection(Map<String, String> settings) {
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.min.session.timeout.ms", "6000");
        // KIP-848, KIP-932 and KIP-1071: session and heartbeat are the broker's, with a floor of
        // 45 s and 5 s unless it is lowered.
        for (String protocol : new String[] {"consumer", "share", "streams"}) {
            String group = "group." + protocol + ".";
            settings.put(group + "min.session.timeout.ms", "6000");
            settings.put(group + "session.timeout.ms", "10000");
            settings.put(group + "min.heartbeat.interval.ms", "1000");
            settings.put(group + "heartbeat.interval.ms", "1000");
        }
    }

    private static void smallFootprint(Map<String, String> settings) {
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        // The default keeps 128 MiB of heap for log compaction.
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    }
}
