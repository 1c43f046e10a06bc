package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.json.EventJson;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is compared with: a listener as it is written at first. Reads an event as the service does,
 * inserts it, commits, goes on with the next; the offsets of a poll are committed after it, as
 * spring-kafka's default does. One thread on one connection.
 */
final class PlainListener {

    /** Its table, with the columns and indexes of the service's. */
    static final String TABLE = "plain_orders";

    private static final Duration POLL = Duration.ofSeconds(1);

    private PlainListener() {}

    /** Reads until it is killed: broker, group, URL, user, password of the database, threads. */
    public static void main(String[] arguments) {
        for (int i = 1; i < Integer.parseInt(arguments[5]); i++) {
            Thread.ofPlatform().start(() -> listen(arguments));
        }
        listen(arguments);
    }

    private static void listen(String[] arguments) {
        Map<String, Object> settings =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        arguments[0],
                        ConsumerConfig.GROUP_ID_CONFIG,
                        arguments[1],
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                settings,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                Connection connection =
                        DriverManager.getConnection(arguments[2], arguments[3], arguments[4]);
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO "
                                        + TABLE
                                        + " (order_id, customer, sku, quantity, amount, currency,"
                                        + " placed_at, placed_at_nanos, event_source, event_id,"
                                        + " source_partition, source_offset) VALUES (?, ?, ?, ?, ?,"
                                        + " ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            consumer.subscribe(List.of(OrderSender.TOPIC));
            while (true) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> message : polled) {
                    insert(message, insert);
                }
                consumer.commitSync();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The connection commits by itself. */
    private static void insert(ConsumerRecord<byte[], byte[]> message, PreparedStatement insert)
            throws SQLException {
        OrderPlaced order = EventJson.read(message.value(), OrderPlaced.class);
        EventIdentity identity = CloudEventHeaders.identityOf(message);
        int column = 1;
        insert.setString(column++, order.orderId().value());
        insert.setString(column++, order.customer().value());
        insert.setString(column++, order.sku().value());
        insert.setInt(column++, order.quantity());
        insert.setBigDecimal(column++, order.amount());
        insert.setString(column++, order.currency().getCurrencyCode());
        insert.setObject(column++, order.placedAt().atOffset(ZoneOffset.UTC));
        insert.setInt(column++, order.placedAt().get(ChronoField.NANO_OF_SECOND) % 1_000);
        insert.setString(column++, identity.source());
        insert.setString(column++, identity.id());
        insert.setInt(column++, message.partition());
        insert.setLong(column, message.offset());
        insert.executeUpdate();
    }
}
