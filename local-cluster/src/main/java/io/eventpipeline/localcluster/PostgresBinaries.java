package io.eventpipeline.localcluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the jar into a folder and used by all afterwards. The
 * folder belongs to one user; several JVMs may ask at once.
 */
final class PostgresBinaries {

    private static final List<String> ARCHIVES =
            List.of(
                    "postgres-linux-x86_64.txz",
                    "postgres-linux-arm_64.txz",
                    "postgres-darwin-x86_64.txz",
                    "postgres-darwin-arm_64.txz",
                    "postgres-windows-x86_64.txz");
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** A place that is kept between runs: the user's cache folder. */
    static Path usualFolder() {
        return Path.of(System.getProperty("user.home"), ".cache", "event-pipeline", "postgresql");
    }

    /** Unpacks the programs below the folder unless they are there. */
    static PostgresBinaries in(Path parent) {
        Archive archive = Archive.find();
        Path folder = parent.resolve(archive.key());
        synchronized (ONE_AT_A_TIME) {
            if (!Files.isDirectory(folder)) {
                Folders.create(parent);
                try (FileChannel channel =
                                FileChannel.open(
                                        parent.resolve("lock"),
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.WRITE);
                        FileLock _ = channel.lock()) {
                    if (!Files.isDirectory(folder)) {
                        Path unfinished = Files.createTempDirectory(parent, "unpacking");
                        archive.unpackTo(unfinished);
                        if (Signal.supported()) {
                            // A temporary folder is its owner's alone; the server may run as
                            // another.
                            Files.setPosixFilePermissions(
                                    unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                        }
                        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
                    }
                } catch (IOException e) {
                    throw new LocalClusterException("could not unpack PostgreSQL to " + folder, e);
                }
            }
        }
        return new PostgresBinaries(folder);
    }

    Path folder() {
        return folder;
    }

    String program(String name) {
        boolean windows =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return folder.resolve("bin").resolve(windows ? name + ".exe" : name).toString();
    }

    private record Archive(String name, long size) {

        static Archive find() {
            for (String name : ARCHIVES) {
                try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + name)) {
                    if (in != null) {
                        return new Archive(name, in.available());
                    }
                } catch (IOException e) {
                    throw new LocalClusterException("could not read " + name, e);
                }
            }
            throw new LocalClusterException(
                    "no PostgreSQL binaries on the class path for this operating system");
        }

        /** The size tells versions apart. */
        String key() {
            return name.replace(".txz", "") + "-" + size;
        }

        void unpackTo(Path target) throws IOException {
            try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + name);
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(
                                    new XZInputStream(new BufferedInputStream(in)))) {
                TarArchiveEntry entry;
                while ((entry = tar.getNextEntry()) != null) {
                    unpack(tar, entry, target);
                }
            }
        }

        private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
                throws IOException {
            Path path = target.resolve(entry.getName()).normalize();
            if (!path.startsWith(target)) {
                throw new IOException("entry outside the archive: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                return;
            }
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
                if ((entry.getMode() & 0100) != 0 && Signal.supported()) {
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }
}
