package io.eventpipeline.streams.queries;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.streams.queries.freshness.Freshness;
import io.eventpipeline.streams.runtime.StreamsClient;
import io.eventpipeline.streams.topology.TopologyPiece;
import org.apache.kafka.clients.admin.Admin;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaStreamsDefaultConfiguration;
import org.springframework.kafka.config.KafkaStreamsConfiguration;

/** What queries need of the client's settings. */
@Configuration(proxyBeanMethods = false)
class QueriesConfiguration {

    @Bean
    Freshness freshness(
            StreamsClient streams,
            Admin admin,
            TopicCatalogue topics,
            TopologyPiece topology,
            @Qualifier(KafkaStreamsDefaultConfiguration.DEFAULT_STREAMS_CONFIG_BEAN_NAME)
                    KafkaStreamsConfiguration config) {
        return new Freshness(
                streams,
                admin,
                topics,
                topology,
                config.asProperties().getProperty("application.id"));
    }

    /** A page is one part of a path, and begins with a slash: {@code /pages/%2Fhome/counts}. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        return factory ->
                factory.addConnectorCustomizers(connector ->
                        connector.setEncodedSolidusHandling(
                                EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }
}
