package io.eventpipeline.streams.runtime;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.settings.PipelineProperties;
import io.eventpipeline.starter.topics.TopicsProvisionedEvent;
import io.eventpipeline.starter.tracing.RecordSpans;
import io.eventpipeline.streams.failure.DeadLetters;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.rocksdb.RocksDB;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.annotation.EnableKafkaStreams;
import org.springframework.kafka.annotation.KafkaStreamsDefaultConfiguration;
import org.springframework.kafka.config.KafkaStreamsConfiguration;
import org.springframework.kafka.config.KafkaStreamsInfrastructureCustomizer;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;

/** Puts the client together: Boot's factory, our settings, the topology, and who looks after it. */
@Configuration(proxyBeanMethods = false)
@EnableKafkaStreams
class StreamsConfiguration {

    @Bean
    DeadLetters deadLetters(TopicCatalogue topics, MeterRegistry registry) {
        return new DeadLetters(topics, registry);
    }

    @Bean
    RestoreProgress restoreProgress() {
        return new RestoreProgress();
    }

    @Bean
    StreamsClient streamsClient(RestoreProgress restores) {
        return new StreamsClient(restores);
    }

    @Bean
    StreamsBuilderFactoryBeanConfigurer pipelineStreams(
            PipelineProperties pipeline,
            StreamsProperties streams,
            DeadLetters deadLetters,
            TopicCatalogue topics,
            TopologyPiece topology,
            StreamsClient client,
            RestoreProgress restores,
            ObjectProvider<RecordSpans> spans) {
        // Unpacking and linking it takes a while, and nobody needs this thread meanwhile.
        Thread.ofPlatform().daemon().name("rocksdb-library").start(RocksDB::loadLibrary);
        return factory -> {
            Properties config = factory.getStreamsConfiguration();
            if (config == null) {
                throw new IllegalStateException("Kafka Streams is not configured");
            }
            StreamsSettings.apply(config, pipeline, streams, deadLetters);
            // What a topology derives carries its cause's trace on; the producer adds its span.
            spans.ifAvailable(traced ->
                    traced.producerConfig()
                            .forEach((name, value) ->
                                    config.put(StreamsConfig.producerPrefix(name), value)));
            factory.setStreamsConfiguration(config);
            factory.addListener(client);
            factory.setStateRestoreListener(restores);
            factory.setKafkaStreamsCustomizer(client::prepare);
            // The supervisor starts it, when the topics are there.
            factory.setAutoStartup(false);
            factory.setInfrastructureCustomizer(
                    new KafkaStreamsInfrastructureCustomizer() {
                        @Override
                        public void configureBuilder(StreamsBuilder builder) {
                            topology.addTo(
                                    builder, new Intake(builder, topics, InstantSource.system()));
                        }
                    });
            factory.setStreamsUncaughtExceptionHandler(
                    new BoundedThreadReplacement(Clock.systemUTC()));
        };
    }

    @Bean
    MeterFilter boundedMeters() {
        return new BoundedMeters();
    }

    @Bean
    CoPartitioningCheck coPartitioningCheck(
            Admin admin, TopicCatalogue topics, TopologyPiece topology) {
        return new CoPartitioningCheck(admin, topics, topology);
    }

    @Bean
    StreamsSupervisor streamsSupervisor(
            StreamsBuilderFactoryBean factory,
            StreamsClient client,
            StreamsProperties streams,
            CoPartitioningCheck coPartitioning,
            ServiceEnd serviceEnd) {
        return new StreamsSupervisor(factory, client, streams, coPartitioning, serviceEnd);
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> webServerPort(StreamsSupervisor supervisor) {
        return event -> {
            // A management server of its own would have a name space.
            if (event.getApplicationContext().getServerNamespace() == null) {
                supervisor.webServerStarted(event.getWebServer().getPort());
            }
        };
    }

    @Bean
    TopicsWatch topicsWatch(StreamsSupervisor supervisor) {
        return new TopicsWatch(supervisor);
    }

    /** Hears when the topics are there. */
    record TopicsWatch(StreamsSupervisor supervisor) {

        @EventListener
        void on(TopicsProvisionedEvent event) {
            supervisor.topicsProvisioned();
        }
    }

    /** Ends the process with a status that tells whoever started it not to try again as is. */
    @Bean
    ServiceEnd serviceEnd(ApplicationContext context) {
        return reason -> {
            LoggerFactory.getLogger(StreamsSupervisor.class).error("{}; stopping", reason);
            // Not on the calling thread: closing the context waits for that one to end.
            Thread.ofPlatform()
                    .name("service-end")
                    .start(() -> System.exit(SpringApplication.exit(context, () -> 1)));
        };
    }

    @Bean
    HealthIndicator streamsHealthIndicator(StreamsSupervisor supervisor, StreamsClient client) {
        return new StreamsHealthIndicator(supervisor, client);
    }

    @Bean
    StreamsEndpoint streamsEndpoint(
            StreamsClient client,
            StreamsSupervisor supervisor,
            RestoreProgress restores,
            Admin admin,
            @Qualifier(KafkaStreamsDefaultConfiguration.DEFAULT_STREAMS_CONFIG_BEAN_NAME)
                    KafkaStreamsConfiguration config) {
        return new StreamsEndpoint(
                client,
                supervisor,
                restores,
                new InputLag(
                        admin,
                        config.asProperties().getProperty(StreamsConfig.APPLICATION_ID_CONFIG)));
    }
}
