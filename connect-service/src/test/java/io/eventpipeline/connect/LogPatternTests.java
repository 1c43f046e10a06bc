package io.eventpipeline.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/** The console shows no secret, whatever a connector prints. */
class LogPatternTests {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connecting with password=s3cret&user=ann",
                "{connection.password=s3cret, topics=a}",
                "{\"client_secret\": \"s3cret\"}",
                "api.key : s3cret",
                "sasl.jaas.config = s3cret"
            })
    void takesOutWhatStandsBesideItsName(String message) throws IOException {
        assertThat(logged(message, null)).contains("[hidden]").doesNotContain("s3cret");
    }

    @Test
    void takesItOutOfATraceToo() throws IOException {
        assertThat(logged("failed", new IllegalStateException("no login by token=s3cret")))
                .contains("no login", "[hidden]", "LogPatternTests")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The worker 127.0.0.1:8083 is ready after 4000 ms",
                "password = [hidden]",
                "password = ${file:/run/secrets/shop.properties:password}",
                "ssl.key.password = null"
            })
    void leavesTheRest(String message) throws IOException {
        assertThat(logged(message, null)).contains(": " + message);
    }

    private String logged(String message, @Nullable Throwable thrown) throws IOException {
        Path log = folder.resolve("console.log");
        Path configuration =
                Files.writeString(
                        folder.resolve("log4j2.xml"),
                        """
                        <Configuration><Appenders><File name="console" fileName="%s">
                          <PatternLayout pattern="%s"/>
                        </File></Appenders><Loggers><Root level="info">
                          <AppenderRef ref="console"/>
                        </Root></Loggers></Configuration>
                        """
                                .formatted(log, HtmlUtils.htmlEscape(pattern())));
        // A loader of its own has a configuration of its own. By reflection: Log4j's annotations
        // refer to classes that are not here, which the compiler warns of.
        try (URLClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader())) {
            Object context =
                    Class.forName("org.apache.logging.log4j.LogManager")
                            .getMethod("getContext", ClassLoader.class, boolean.class, URI.class)
                            .invoke(null, loader, false, configuration.toUri());
            Object logger =
                    Class.forName("org.apache.logging.log4j.spi.LoggerContext")
                            .getMethod("getLogger", String.class)
                            .invoke(context, "com.example.Sink");
            Class.forName("org.apache.logging.log4j.Logger")
                    .getMethod("info", String.class, Throwable.class)
                    .invoke(logger, message, thrown);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Log4j is not as expected", e);
        }
        return Files.readString(log);
    }

    private static String pattern() throws IOException {
        return (String)
                Objects.requireNonNull(
                        new YamlPropertySourceLoader()
                                .load("application", new ClassPathResource("application.yml"))
                                .getFirst()
                                .getProperty("logging.pattern.console"));
    }
}
