package io.eventpipeline.connect;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/** Kafka's {@code ConnectDistributed} as it is, in this JVM, with the same plugins. */
final class KafkasOwnWorker implements AutoCloseable {

    private final Connect<DistributedHerder> connect;

    KafkasOwnWorker(String bootstrapServers, String name) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", name);
        for (String store : new String[] {"config", "offset", "status"}) {
            settings.put(store + ".storage.topic", name + "-" + store);
            settings.put(store + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        settings.put("value.converter.schemas.enable", "false");
        settings.put("exactly.once.source.support", "enabled");
        settings.put("connector.client.config.override.policy", "None");
        settings.put("listeners", "http://127.0.0.1:0");
        settings.put(
                "plugin.path",
                Path.of("../connect-plugins/target/plugins")
                        .toAbsolutePath()
                        .normalize()
                        .toString());
        settings.put("plugin.discovery", "service_load");
        this.connect = new ConnectDistributed().startConnect(settings);
    }

    URI url() {
        return connect.rest().serverUrl();
    }

    @Override
    public void close() {
        connect.stop();
        connect.awaitStop();
    }
}
