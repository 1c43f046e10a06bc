package io.eventpipeline.producer.instance;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Names the instance. */
@Configuration(proxyBeanMethods = false)
class InstanceConfiguration {

    @Bean
    Instance instance(InstanceProperties properties, Environment environment) {
        String name = properties.instance();
        return name == null
                ? Instance.at(environment.getProperty("server.port", "8080"))
                : new Instance(name);
    }
}
