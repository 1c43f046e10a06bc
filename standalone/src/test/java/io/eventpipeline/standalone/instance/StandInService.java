package io.eventpipeline.standalone.instance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Stands in for a service, because the real jars are built after these tests run: it answers
 * health, says at its end whether Kafka still listens, and dies when it is asked to. Like Spring
 * Boot's, its jar unpacks itself, and a training run ends before anything is started.
 */
final class StandInService {

    private static final String NAME = "stand-in.jar";

    private StandInService() {}

    public static void main(String[] arguments) throws IOException {
        if ("tools".equals(System.getProperty("jarmode"))) {
            Path folder = Files.createDirectories(Path.of(arguments[2]));
            write(folder.resolve(NAME), false);
            return;
        }
        if ("onRefresh".equals(System.getProperty("spring.context.exit"))) {
            return;
        }
        System.out.println(
                "started from %s with %s"
                        .formatted(
                                System.getProperty("java.class.path"),
                                ManagementFactory.getRuntimeMXBean().getInputArguments()));
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(environment.getOrDefault("SERVER_PORT", "0"));
        int kafka = Integer.parseInt(environment.getOrDefault("KAFKA_PORT", "0"));
        if (environment.containsKey("FAIL")) {
            System.out.println("cannot start: " + environment.get("FAIL"));
            System.exit(1);
        }
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                    if (exchange.getRequestURI().getPath().equals("/die")) {
                        System.out.println("dying as asked");
                        Runtime.getRuntime().halt(7);
                    }
                });
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() ->
                                System.out.println(
                                        listens(kafka)
                                                ? "stopped before Kafka"
                                                : "stopped after Kafka")));
        server.start();
        System.out.println("listening on " + port);
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static Path jar(Path folder) throws IOException {
        return write(folder.resolve(NAME), true);
    }

    private static Path write(Path jar, boolean packed) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
        attributes.put(new Attributes.Name("Spring-Boot-Version"), "4");
        String entry = StandInService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = StandInService.class.getResourceAsStream("/" + entry)) {
            if (packed) {
                out.putNextEntry(new JarEntry("BOOT-INF/lib/"));
                out.closeEntry();
            }
            out.putNextEntry(new JarEntry(entry));
            if (code != null) {
                code.transferTo(out);
            }
            out.closeEntry();
        }
        return jar;
    }
}
