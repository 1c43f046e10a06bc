package io.eventpipeline.streams;

import io.eventpipeline.model.cloudevents.CloudEventHeaders;
import io.eventpipeline.model.cloudevents.EventMetadata;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventIdentity;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.runtime.RecordedEnds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in this JVM, and clients of it and of its broker. */
final class RunningService implements AutoCloseable {

    /** Generous: a machine under load may be ten times slower. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ConfigurableApplicationContext context;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningService(ConfigurableApplicationContext context, int port) {
        this.context = context;
        this.port = port;
    }

    /** Starts it; it may not be ready yet. */
    static RunningService start(
            String bootstrapServers,
            String environment,
            Path stateDir,
            int port,
            String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.kafka.bootstrap-servers=" + bootstrapServers);
        arguments.add("--pipeline.environment=" + environment);
        arguments.add("--pipeline.streams.state-dir=" + stateDir);
        arguments.add("--server.port=" + port);
        arguments.addAll(List.of(settings));
        return new RunningService(
                new SpringApplicationBuilder(StreamsServiceApplication.class, RecordedEnds.class)
                        .run(arguments.toArray(String[]::new)),
                port);
    }

    RunningService ready() {
        await("the service is ready").until(this::readyNow);
        return this;
    }

    boolean readyNow() {
        return get("/actuator/health/readiness").statusCode() == 200;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    HttpResponse<String> get(String path) {
        return get(path, "*/*");
    }

    HttpResponse<String> get(String path, String accept) {
        return send(request(path).header("Accept", accept).GET());
    }

    HttpResponse<String> post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /** Asks as another instance does, which wants no further hop. */
    HttpResponse<String> getAsInstance(String path) {
        return send(request(path).header("Pipeline-Hop", "1").GET());
    }

    int port() {
        return port;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }

    /** A port that is free now; the same one twice keeps the instance's name in its group. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }

    /** Sends to and reads from the topics of one environment. */
    static final class Topics implements AutoCloseable {

        private final String bootstrapServers;
        private final TopicCatalogue catalogue;
        private final KafkaProducer<String, byte[]> producer;

        Topics(String bootstrapServers, String environment) {
            this.bootstrapServers = bootstrapServers;
            this.catalogue = new TopicCatalogue(environment);
            this.producer =
                    new KafkaProducer<>(
                            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                            new StringSerializer(),
                            new ByteArraySerializer());
        }

        /** Sends an event as producer-service does, and returns when it is stored. */
        RecordMetadata send(PipelineTopic topic, Event event, String eventId) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(
                            catalogue.name(topic), event.key(), EventJson.write(event));
            CloudEventHeaders.write(
                    new EventMetadata(
                            new EventIdentity("/producer-service/test", eventId),
                            EventTypes.nameOf(event.getClass()),
                            Instant.now(),
                            event.key(),
                            null),
                    record.headers());
            return stored(record);
        }

        RecordMetadata sendRaw(PipelineTopic topic, String key, byte @Nullable [] value) {
            return stored(new ProducerRecord<>(catalogue.name(topic), key, value));
        }

        /** All committed records of a topic with that key. */
        List<ConsumerRecord<String, byte[]>> committed(PipelineTopic topic, String key) {
            return committed(catalogue.name(topic), key);
        }

        /** All committed letters of a topic with that key. */
        List<ConsumerRecord<String, byte[]>> letters(PipelineTopic topic, String key) {
            return committed(catalogue.deadLetterName(topic), key);
        }

        /** Whether the changelog of a store has a key that begins with a customer. */
        boolean changelogHas(String store, String customer) {
            String topic = "streams-%s-%s-changelog".formatted(catalogue.environment(), store);
            return !committed(topic, key -> key.startsWith(customer + '\0')).isEmpty();
        }

        private List<ConsumerRecord<String, byte[]>> committed(String topic, String key) {
            return committed(topic, key::equals);
        }

        private List<ConsumerRecord<String, byte[]>> committed(
                String topic, Predicate<String> keys) {
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    bootstrapServers,
                                    "isolation.level",
                                    "read_committed"),
                            new StringDeserializer(),
                            new ByteArrayDeserializer())) {
                List<TopicPartition> partitions =
                        consumer.partitionsFor(topic).stream()
                                .map(info -> new TopicPartition(topic, info.partition()))
                                .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                // With read_committed the end is that of the last finished transaction.
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                while (partitions.stream()
                        .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                    for (ConsumerRecord<String, byte[]> record :
                            consumer.poll(Duration.ofMillis(200))) {
                        if (record.key() != null && keys.test(record.key())) {
                            found.add(record);
                        }
                    }
                }
            }
            return found;
        }

        private RecordMetadata stored(ProducerRecord<String, byte[]> record) {
            try {
                return producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
