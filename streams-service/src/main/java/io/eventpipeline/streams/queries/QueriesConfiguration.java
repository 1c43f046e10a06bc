package io.eventpipeline.streams.queries;

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
    ReadProgress readProgress(
            Admin admin,
            @Qualifier(KafkaStreamsDefaultConfiguration.DEFAULT_STREAMS_CONFIG_BEAN_NAME)
                    KafkaStreamsConfiguration config) {
        return new ReadProgress(admin, config.asProperties().getProperty("application.id"));
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
