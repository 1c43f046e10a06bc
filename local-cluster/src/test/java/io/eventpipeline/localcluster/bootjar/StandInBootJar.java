package io.eventpipeline.localcluster.bootjar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Stands in for a Spring Boot jar: says a word, and unpacks itself when it is asked to by the
 * arguments that Spring Boot's own tool takes.
 */
public final class StandInBootJar {

    /** The word for which the tool fails. */
    static final String UNWILLING = "unwilling";

    private static final String WORD = "word";

    private StandInBootJar() {}

    public static void main(String[] arguments) throws IOException {
        String word;
        try (InputStream in =
                Objects.requireNonNull(StandInBootJar.class.getResourceAsStream("/" + WORD))) {
            word = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!"tools".equals(System.getProperty("jarmode"))) {
            System.out.println(word);
            return;
        }
        if (word.equals(UNWILLING)) {
            throw new IllegalStateException("cannot be unpacked");
        }
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        Path jar = Path.of(System.getProperty("java.class.path"));
        write(folder.resolve(jar.getFileName()), word, false);
    }

    static Path write(Path jar, String word) throws IOException {
        return write(jar, word, true);
    }

    static Path write(Path jar, String word, boolean packed) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, StandInBootJar.class.getName());
        attributes.put(new Attributes.Name("Spring-Boot-Version"), "4");
        String code = StandInBootJar.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in =
                        Objects.requireNonNull(
                                StandInBootJar.class.getResourceAsStream("/" + code))) {
            if (packed) {
                put(out, "BOOT-INF/lib/", new byte[0]);
            }
            put(out, code, in.readAllBytes());
            put(out, WORD, word.getBytes(StandardCharsets.UTF_8));
        }
        // As reproducible builds have it: the time says nothing about the content.
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        return jar;
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
