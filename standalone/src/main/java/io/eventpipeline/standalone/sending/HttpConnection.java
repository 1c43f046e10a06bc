package io.eventpipeline.standalone.sending;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection that speaks HTTP/1.1 (RFC 9112). What fails before it is open was never sent; of
 * what fails later, nobody knows. One thread may write while another reads; {@link #abort()} may
 * come from anywhere and wakes both.
 */
final class HttpConnection implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int MAX_LINE = 32 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(ISO_8859_1);

    private final URI server;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean reusable = true;

    private HttpConnection(URI server, Socket socket) throws IOException {
        this.server = server;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /**
     * Opens one.
     *
     * @param timeout how long opening, and later each wait for bytes, may take
     */
    static HttpConnection open(URI server, Duration timeout) throws IOException {
        boolean secure = "https".equals(server.getScheme());
        int port = server.getPort() > 0 ? server.getPort() : secure ? 443 : 80;
        int millis = (int) timeout.toMillis();
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(server.getHost(), port), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            if (secure) {
                socket = secured(socket, server.getHost(), port);
            }
            return new HttpConnection(server, socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request whole. */
    void post(String path, Map<String, String> headers, byte[] body) throws IOException {
        byte[] head = head(path, headers, "Content-Length: " + body.length);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        out.write(request);
    }

    /** Sends the head of a request whose body follows in chunks. */
    void beginPost(String path, Map<String, String> headers) throws IOException {
        out.write(head(path, headers, "Transfer-Encoding: chunked"));
    }

    /** Sends a chunk of the body; an empty one would end it. */
    void chunk(byte[] bytes) throws IOException {
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1);
        byte[] chunk = new byte[size.length + bytes.length + LINE_END.length];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
        System.arraycopy(LINE_END, 0, chunk, size.length + bytes.length, LINE_END.length);
        out.write(chunk);
    }

    /** Ends the body. */
    void endPost() throws IOException {
        out.write(LAST_CHUNK);
    }

    /** Reads an answer to its end. */
    HttpAnswer answer() throws IOException {
        Head head = head();
        try (HttpBody body = body(head)) {
            return new HttpAnswer(head.status(), head.headers(), body.readAllBytes());
        }
    }

    /**
     * The start of an answer.
     *
     * @param status its status
     * @param headers its fields, with lower-case names
     */
    record Head(int status, Map<String, String> headers) {}

    /** Reads the start of an answer. */
    Head head() throws IOException {
        while (true) {
            String[] first = line(in).split(" ", 3);
            if (first.length < 2
                    || !first[0].startsWith("HTTP/1.")
                    || !first[1].matches("\\d{3}")) {
                throw new IOException("the answer is not HTTP/1.1");
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (String field = line(in); !field.isEmpty(); field = line(in)) {
                int colon = field.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            field.substring(0, colon).toLowerCase(Locale.ROOT),
                            field.substring(colon + 1).strip());
                }
            }
            int status = Integer.parseInt(first[1]);
            boolean last = "close".equalsIgnoreCase(headers.get("connection"));
            if (last || first[0].equals("HTTP/1.0")) {
                reusable = false;
            }
            if (status >= 200) {
                return new Head(status, headers);
            }
        }
    }

    /** The body that follows the head. */
    HttpBody body(Head head) throws IOException {
        HttpBody body = new HttpBody(in, head.status(), head.headers());
        if (!body.hasEnd()) {
            reusable = false;
        }
        return body;
    }

    /** Whether another request may follow the answer that was read. */
    boolean isReusable() {
        return reusable;
    }

    @Override
    public void close() {
        abort();
    }

    /** Ends it at once, whoever is in the middle of something. */
    void abort() {
        reusable = false;
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }

    /** Reads a line of a head, without its end. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_LINE) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException("the connection ended before the answer did");
            }
            if (read == '\n') {
                return line.toString();
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        throw new IOException("a line of the answer's head does not end");
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private byte[] head(String path, Map<String, String> headers, String length) {
        String port = server.getPort() > 0 ? ":" + server.getPort() : "";
        StringBuilder head = new StringBuilder(256);
        head.append("POST ").append(path).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(server.getHost()).append(port).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append(length).append("\r\n\r\n").toString().getBytes(ISO_8859_1);
    }
}
