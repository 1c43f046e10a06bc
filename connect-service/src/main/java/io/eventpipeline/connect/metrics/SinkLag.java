package io.eventpipeline.connect.metrics;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * How far the sinks of this worker are behind: {@code records-lag-max} of their consumers, which
 * are not among the worker's metrics and are found by JMX alone. Safe for use by several threads.
 */
final class SinkLag {

    private static final Pattern CLIENT = Pattern.compile("\"?connector-consumer-(.+)-(\\d+)\"?");
    private static final String LAG = "records-lag-max";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName consumers;

    SinkLag() {
        try {
            this.consumers =
                    new ObjectName(
                            "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A task of a sink. */
    record SinkTask(String connector, String task) {}

    /** The lag of each task that reads, as of the moment when its value is asked for. */
    Map<SinkTask, Metric> metrics() {
        Map<SinkTask, Metric> found = new HashMap<>();
        for (ObjectName consumer : server.queryNames(consumers, null)) {
            Matcher client = CLIENT.matcher(consumer.getKeyProperty("client-id"));
            if (client.matches()) {
                found.put(
                        new SinkTask(client.group(1), client.group(2)), new Lag(server, consumer));
            }
        }
        return found;
    }

    private record Lag(MBeanServer server, ObjectName consumer) implements Metric {

        @Override
        public MetricName metricName() {
            return new MetricName(LAG, "consumer-fetch-manager-metrics", "", Map.of());
        }

        @Override
        public @Nullable Object metricValue() {
            try {
                return server.getAttribute(consumer, LAG);
            } catch (JMException e) {
                // The task has ended, or has read nothing yet.
                return null;
            }
        }
    }
}
