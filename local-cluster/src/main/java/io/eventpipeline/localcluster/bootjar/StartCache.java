package io.eventpipeline.localcluster.bootjar;

import io.eventpipeline.localcluster.LocalClusterException;
import io.eventpipeline.localcluster.LocalProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The classes of an unpacked jar, loaded and linked beforehand (JEP 483 and 514), for the JDK that
 * runs this JVM. The file lies beside the jar and has the JDK's version as its name, so that no
 * other JDK is ever given it. A JVM that cannot use it goes on without a word: the cache is never
 * needed.
 */
public final class StartCache {

    private static final String SUFFIX = ".aot";

    /** Part of the training, too: a JDK that does not know it gets no cache, and starts without. */
    private static final String QUIET = "-Xlog:aot*=off,cds*=off";

    private final Path jar;
    private final Path file;

    StartCache(Path jar) {
        this.jar = jar;
        String jdk = System.getProperty("java.vm.version").replaceAll("[^0-9A-Za-z.+-]", "_");
        file = jar.resolveSibling(jdk + SUFFIX);
    }

    /** Whether it has been made. */
    public boolean isPresent() {
        return Files.isRegularFile(file);
    }

    /** The JVM options that use it; none while there is none. */
    List<String> options() {
        return isPresent()
                // In this mode a cache that does not fit is left alone; what the JVM says of it is
                // no
                // news for whoever reads the log.
                ? List.of("-XX:AOTMode=auto", "-XX:AOTCache=" + file, QUIET)
                : List.of();
    }

    /**
     * A run that makes it, not started yet: of low priority, up to where the application's beans
     * stand and nothing is started.
     *
     * @param name what messages call it
     * @param jvmOptions the JVM options of the later starts; options of modules have to be the same
     * @param environment of the application
     */
    public LocalProcess training(
            String name, List<String> jvmOptions, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        if (File.separatorChar == '/') {
            command.addAll(List.of("nice", "-n", "19"));
        }
        command.add(LocalProcess.javaExecutable());
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-XX:AOTCacheOutput=" + unfinished(),
                        QUIET,
                        "-Dspring.context.exit=onRefresh",
                        "-jar",
                        jar.toString()));
        return LocalProcess.builder(name)
                .command(command)
                .environment(environment)
                .workingFolder(jar.resolveSibling(""))
                .logFile(jar.resolveSibling("training.log"))
                .build();
    }

    /**
     * Takes what a training has made, if it has ended well.
     *
     * @return whether there is a cache now
     */
    public boolean accept(LocalProcess training) {
        if (training.exitCode().orElse(-1) != 0 || !Files.isRegularFile(unfinished())) {
            return false;
        }
        try (DirectoryStream<Path> others =
                Files.newDirectoryStream(jar.resolveSibling(""), "*" + SUFFIX)) {
            for (Path other : others) {
                Files.delete(other);
            }
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw new LocalClusterException("could not keep " + file, e);
        }
    }

    private Path unfinished() {
        return file.resolveSibling(file.getFileName() + ".unfinished");
    }
}
