package io.eventpipeline.producer.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves Swagger UI, whose files come as a jar, under a path without its version. */
@Configuration(proxyBeanMethods = false)
class SwaggerUiConfiguration {

    private static final String JAR = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String PAGE = "/swagger-ui/index.html";

    @Bean
    WebMvcConfigurer swaggerUi() {
        return new WebMvcConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/swagger-ui/**")
                        .addResourceLocations(
                                "classpath:/META-INF/resources/webjars/swagger-ui/"
                                        + version()
                                        + "/");
            }

            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addRedirectViewController("/swagger-ui", PAGE);
                registry.addRedirectViewController("/swagger-ui.html", PAGE);
            }
        };
    }

    private static String version() {
        Properties jar = new Properties();
        try (InputStream in = new ClassPathResource(JAR).getInputStream()) {
            jar.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar.getProperty("version");
    }
}
