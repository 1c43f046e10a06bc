package io.eventpipeline.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.AppInfoParser;
import org.eclipse.jetty.server.Server;
import org.glassfish.jersey.internal.Version;
import org.junit.jupiter.api.Test;

/**
 * The worker's REST server has the Jetty and Jersey that Kafka's Connect was built for; Spring Boot
 * manages newer ones, with which it does not start. Goes red when a bump of Spring Boot or of Kafka
 * moves them: then take the versions of the new {@code connect-runtime} into the pom.
 */
class VersionsTests {

    private static final String JETTY = "12.0.34";

    @Test
    void jettyIsTheOneThatConnectWasBuiltFor() {
        assertThat(Server.getVersion()).isEqualTo(JETTY);
        assertThat(jars("jetty-(?!servlet-api).*"))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(jar -> assertThat(jar).endsWith("-" + JETTY + ".jar"));
    }

    @Test
    void jerseyIsTheOneThatConnectWasBuiltFor() {
        assertThat(Version.getVersion()).isEqualTo("3.1.10");
        assertThat(jars("jakarta\\.ws\\.rs-api.*")).containsExactly("jakarta.ws.rs-api-3.1.0.jar");
    }

    @Test
    void kafkaIsTheOneThatSpringBootManages() {
        assertThat(AppInfoParser.getVersion()).isEqualTo("4.2.1");
    }

    @Test
    void noConnectorIsOnTheClassPath() {
        assertThat(jars("connect-.*"))
                .extracting(jar -> jar.replaceAll("-[0-9].*", ""))
                .containsOnly(
                        "connect-api", "connect-json", "connect-runtime", "connect-transforms");
    }

    private static List<String> jars(String name) {
        Pattern pattern = Pattern.compile(name);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(path -> new File(path).getName())
                .filter(jar -> jar.endsWith(".jar") && pattern.matcher(jar).matches())
                .toList();
    }
}
