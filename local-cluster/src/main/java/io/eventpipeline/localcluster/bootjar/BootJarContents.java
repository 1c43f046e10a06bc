package io.eventpipeline.localcluster.bootjar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Tells one content of a jar from another by its directory: the names, lengths and checksums of all
 * entries. Times and the length of the file would not do: reproducible jars all have the same time.
 */
final class BootJarContents {

    private static final Attributes.Name BOOT_VERSION = new Attributes.Name("Spring-Boot-Version");

    private BootJarContents() {}

    /** The content's digest; empty if it is not a jar of Spring Boot with jars in it. */
    static Optional<String> of(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            if (manifest == null
                    || !manifest.getMainAttributes().containsKey(BOOT_VERSION)
                    || file.getEntry("BOOT-INF/lib/") == null) {
                return Optional.empty();
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            file.stream()
                    .map(entry -> entry.getName() + " " + entry.getSize() + " " + entry.getCrc())
                    .sorted()
                    .forEach(entry ->
                            digest.update((entry + "\n").getBytes(StandardCharsets.UTF_8)));
            return Optional.of(HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
