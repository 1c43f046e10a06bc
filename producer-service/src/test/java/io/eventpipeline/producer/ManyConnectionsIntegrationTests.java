package io.eventpipeline.producer;

import static io.eventpipeline.producer.Orders.checkoutOf;
import static io.eventpipeline.producer.Orders.placedBy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventpipeline.localcluster.SharedCluster;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * What the service holds of Kafka does not grow with the number of its clients: all share its
 * producers, its connections and its threads. On the shared broker.
 */
class ManyConnectionsIntegrationTests {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final int CONNECTIONS = 200;

    /** Those of the JVM, its compiler and of virtual threads may come and go. */
    private static final int THREADS_OF_OTHERS = 20;

    /** What clients of Kafka in this JVM hold; those of the test are closed by then. */
    private record Held(long producers, long connections, long threads) {

        static Held now() {
            List<String> threads =
                    Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
            return new Held(
                    threads.stream()
                            .filter(name -> name.startsWith("kafka-producer-network-thread"))
                            .count(),
                    countConnections(),
                    threads.size());
        }

        private static long countConnections() {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            try {
                long sum = 0;
                for (ObjectName client :
                        beans.queryNames(new ObjectName("kafka.*:type=*,client-id=*"), null)) {
                    if (client.getKeyPropertyList().size() == 2
                            && client.getKeyProperty("type")
                                    .matches("(producer|consumer|admin-client)-metrics")) {
                        sum +=
                                ((Number) beans.getAttribute(client, "connection-count"))
                                        .longValue();
                    }
                }
                return sum;
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One HTTP connection, kept open. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;

        Connection(int port) throws IOException {
            socket = new Socket("localhost", port);
            socket.setSoTimeout((int) READY.toMillis());
            in = new BufferedInputStream(socket.getInputStream());
        }

        int post(String path, String body) throws IOException {
            byte[] bytes = body.getBytes(UTF_8);
            String head =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(path, bytes.length);
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write(bytes);
            int status =
                    Integer.parseInt(
                            line().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring("content-length:".length()).strip());
                }
            }
            in.skipNBytes(length);
            return status;
        }

        private String line() throws IOException {
            StringBuilder text = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("The connection ended");
                }
                text.append((char) b);
            }
            return text.toString().strip();
        }

        /** Through each producer: one of each profile, and one for transactions. */
        Connection useAllProducers(int client) {
            try {
                String customer = "c-" + client;
                assertThat(post("/orders", placedBy(customer, "o-" + client))).isEqualTo(200);
                assertThat(
                                post(
                                        "/page-views",
                                        "{\"page\":\"/lamps\",\"visitor\":\"v\",\"viewedAt\":\"2026-11-01T12:00:00Z\"}"))
                        .isEqualTo(200);
                assertThat(
                                post(
                                        "/positions",
                                        "{\"vehicle\":\"van\",\"latitude\":50.9,\"longitude\":6.9,\"reportedAt\":\"2026-11-01T12:00:00Z\"}"))
                        .isEqualTo(200);
                // There is one producer for all of them: some are told that it was not free.
                assertThat(post("/checkouts", checkoutOf(customer, "b-" + client))).isIn(200, 503);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Connection connect(int port) {
        try {
            return new Connection(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void haveNoProducersConnectionsOrThreadsOfTheirOwn() {
        try (Service service =
                Service.on(
                        SharedCluster.kafka().bootstrapServers(),
                        "pipeline.environment=connections",
                        "pipeline.producer.transactions.pool-size=1")) {
            await().atMost(READY).until(service::isReady);
            try (Connection first = connect(service.port())) {
                await().atMost(READY)
                        .until(() -> first.post("/checkouts", checkoutOf("first", "b")) == 200);
                first.useAllProducers(0);
            }
            Held before = Held.now();

            List<Connection> connections =
                    IntStream.range(0, CONNECTIONS)
                            .mapToObj(client ->
                                    CompletableFuture.supplyAsync(
                                            () -> connect(service.port()).useAllProducers(client),
                                            Thread::startVirtualThread))
                            .toList()
                            .stream()
                            .map(CompletableFuture::join)
                            .toList();
            Held during = Held.now();
            connections.forEach(Connection::close);

            assertThat(before.producers()).isEqualTo(4);
            assertThat(during.producers()).isEqualTo(before.producers());
            assertThat(during.connections()).isPositive().isLessThanOrEqualTo(before.connections());
            assertThat(during.threads()).isLessThan(before.threads() + THREADS_OF_OTHERS);
        }
    }
}
