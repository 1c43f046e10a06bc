package io.eventpipeline.benchmarks.streaming;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What is compared with: Kafka Streams as one writes it at first, without Spring, dead letters,
 * headers or queries. It has the service's guarantee, commit interval and number of threads; the
 * rest is Kafka's default. Paused and resumed by the service's own paths.
 */
final class BareStreams {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private BareStreams() {}

    /** Runs until it is killed: port, broker, question, state folder, threads. */
    public static void main(String[] arguments) throws IOException {
        BareTopology question = BareTopology.valueOf(arguments[2]);
        Properties settings = new Properties();
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[1]);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, question.applicationId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, arguments[3]);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, arguments[4]);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        StreamsBuilder builder = new StreamsBuilder();
        question.addTo(builder);
        KafkaStreams streams = new KafkaStreams(builder.build(), settings);
        serve(Integer.parseInt(arguments[0]), streams);
        streams.start();
    }

    private static void serve(int port, KafkaStreams streams) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        answer(
                server,
                "/actuator/health/readiness",
                () -> streams.state() == KafkaStreams.State.RUNNING);
        answer(
                server,
                "/streams/pause",
                () -> {
                    streams.pause();
                    return true;
                });
        answer(
                server,
                "/streams/resume",
                () -> {
                    streams.resume();
                    return true;
                });
        server.start();
    }

    private static void answer(HttpServer server, String path, BooleanSupplier action) {
        server.createContext(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(action.getAsBoolean() ? OK : UNAVAILABLE, -1);
                    exchange.close();
                });
    }
}
