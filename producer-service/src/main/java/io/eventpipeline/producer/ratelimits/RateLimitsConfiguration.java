package io.eventpipeline.producer.ratelimits;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the limits before the doors, if there are any. */
@Configuration(proxyBeanMethods = false)
class RateLimitsConfiguration {

    @Bean
    WebMvcConfigurer rateLimits(RateLimitsProperties properties, MeterRegistry registry) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                if (properties.any()) {
                    interceptors.addInterceptor(
                            new RateLimitInterceptor(
                                    new RateLimits(
                                            properties, TimeMeter.SYSTEM_NANOTIME, registry)));
                }
            }
        };
    }
}
