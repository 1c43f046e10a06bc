package io.eventpipeline.producer.intake;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets a client that asks before it sends ({@code Expect: 100-continue}, RFC 9110, section 10.1.1)
 * be told no. Tomcat's default is to say yes before the request is looked at, and then to close the
 * connection on the body that comes: many clients would never see why.
 */
@Configuration(proxyBeanMethods = false)
class BodyRefusalConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> continueOnlyWhenTheBodyIsRead() {
        return factory ->
                factory.addConnectorCustomizers(connector -> {
                    if (!connector.setProperty("continueResponseTiming", "onRead")) {
                        throw new IllegalStateException(
                                "Tomcat no longer knows continueResponseTiming");
                    }
                });
    }
}
