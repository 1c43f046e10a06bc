import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches a Maven distribution for {@code mvnw} and {@code mvnw.cmd}: downloads the archive, checks
 * its SHA-512, unpacks it and moves the result into place in one step, so that a broken download or
 * two builds at once never leave half a Maven behind.
 *
 * <p>Arguments: URL, SHA-512 in hex, folder to create. Exit status: 0 done, 1 refused (a line on
 * stderr says why), 3 the archive cannot be had from that URL. Run by the source launcher (JEP 330).
 */
final class FetchMaven {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(5);

    public static void main(String[] args) throws Exception {
        URI url = URI.create(args[0]);
        Path target = Path.of(args[2]);
        Files.createDirectories(target.getParent());
        Path work = Files.createTempDirectory(target.getParent(), "fetching-");
        int status = 1;
        try {
            Path archive = work.resolve("archive.zip");
            if (!download(url, archive)) {
                status = 3;
            } else if (checksumMatches(archive, args[1], url)) {
                install(archive, work.resolve("unpacked"), target);
                status = 0;
            }
        } catch (IOException e) {
            System.err.println("mvnw: cannot install Maven into " + target + ": " + e);
        } finally {
            delete(work);
        }
        System.exit(status);
    }

    private static boolean download(URI url, Path archive) throws InterruptedException {
        try {
            if ("file".equals(url.getScheme())) {
                Files.copy(Path.of(url), archive);
                return true;
            }
            return downloadByHttp(url, archive);
        } catch (IOException | RuntimeException e) {
            explain(e.toString());
            return false;
        }
    }

    private static boolean downloadByHttp(URI url, Path archive)
            throws IOException, InterruptedException {
        HttpClient.Builder client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL);
        proxy(client, url);
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(DOWNLOAD_TIMEOUT);
        String user = System.getenv("MVNW_USERNAME");
        String password = System.getenv("MVNW_PASSWORD");
        if (user != null && password != null) {
            byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            request.header(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        HttpResponse<Path> response =
                client.build().send(request.build(), HttpResponse.BodyHandlers.ofFile(archive));
        explain("HTTP " + response.statusCode());
        return response.statusCode() == 200;
    }

    /** The proxy that curl and wget would take; Java's own settings hold where there is none. */
    private static void proxy(HttpClient.Builder client, URI url) {
        String name = url.getScheme() + "_proxy";
        String proxy = System.getenv(name);
        if (proxy == null) {
            proxy = System.getenv(name.toUpperCase());
        }
        if (proxy == null || proxy.isBlank() || reachedDirectly(url.getHost())) {
            client.proxy(ProxySelector.getDefault());
            return;
        }
        URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        int port = address.getPort() < 0 ? 80 : address.getPort();
        client.proxy(ProxySelector.of(new InetSocketAddress(address.getHost(), port)));
        if (address.getUserInfo() != null) {
            // Off by default in the JDK (since 8u111), on in every other tool that reads these variables.
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
            String[] userAndPassword = address.getUserInfo().split(":", 2);
            client.authenticator(
                    new Authenticator() {
                        @Override
                        protected PasswordAuthentication getPasswordAuthentication() {
                            return getRequestorType() != RequestorType.PROXY
                                    ? null
                                    : new PasswordAuthentication(
                                            userAndPassword[0],
                                            userAndPassword.length < 2
                                                    ? new char[0]
                                                    : userAndPassword[1].toCharArray());
                        }
                    });
        }
    }

    private static boolean reachedDirectly(String host) {
        String direct = System.getenv("no_proxy");
        if (direct == null) {
            direct = System.getenv("NO_PROXY");
        }
        return direct != null
                && Arrays.stream(direct.split("[ ,]+"))
                        .map(suffix -> suffix.startsWith(".") ? suffix : "." + suffix)
                        .anyMatch(("." + host)::endsWith);
    }

    private static boolean checksumMatches(Path archive, String expected, URI url)
            throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
        String actual = HexFormat.of().formatHex(digest);
        if (actual.equalsIgnoreCase(expected)) {
            return true;
        }
        System.err.printf(
                "mvnw: %s is not the pinned Maven: its SHA-512 is %s, expected %s (see"
                        + " .mvn/wrapper/maven-wrapper.properties); nothing was installed.%n",
                url, actual, expected);
        return false;
    }

    /** Unpacks without the archive's single top folder, then renames. */
    private static void install(Path archive, Path unpacked, Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                Path inside = Path.of(entry.getName());
                if (entry.isDirectory() || inside.getNameCount() < 2) {
                    continue;
                }
                Path file = unpacked.resolve(inside.subpath(1, inside.getNameCount()));
                Files.createDirectories(file.getParent());
                copy(zip, file);
            }
        }
        unpacked.resolve("bin/mvn").toFile().setExecutable(true, false);
        unpacked.resolve("bin/mvnDebug").toFile().setExecutable(true, false);
        try {
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(target.resolve("bin/mvn"))) { // else another build was quicker
                throw e;
            }
        }
    }

    private static void copy(InputStream in, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException e)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void explain(String message) {
        if ("true".equals(System.getenv("MVNW_VERBOSE"))) {
            System.err.println("mvnw: " + message);
        }
    }
}
