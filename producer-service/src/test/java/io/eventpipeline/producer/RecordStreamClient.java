package io.eventpipeline.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends lines and reads receipts over one connection at the same time. */
final class RecordStreamClient implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int leftOfChunk;

    /** Begins a stream and reads the head of the answer. */
    RecordStreamClient(int port, String path) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout((int) LONGEST_WAIT.toMillis());
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream());
        out.write(
                ("POST "
                                + path
                                + " HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Content-Type: application/x-ndjson\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n")
                        .getBytes(UTF_8));
        out.flush();
        String status = headLine();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new AssertionError(status);
        }
        while (!headLine().isEmpty()) {
            // The rest of the head.
        }
    }

    Socket socket() {
        return socket;
    }

    void send(String lines) throws IOException {
        byte[] bytes = lines.getBytes(UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        out.write(bytes);
        out.write("\r\n".getBytes(UTF_8));
        out.flush();
    }

    void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(UTF_8));
        out.flush();
    }

    /** The next receipt or problem. */
    JsonNode next() throws IOException {
        line.reset();
        for (int b = nextOfBody(); b != '\n'; b = nextOfBody()) {
            line.write(b);
        }
        return JSON.readTree(line.toByteArray());
    }

    private int nextOfBody() throws IOException {
        if (leftOfChunk == 0) {
            String size = headLine();
            leftOfChunk = Integer.parseInt(size.isEmpty() ? headLine() : size, 16);
            if (leftOfChunk == 0) {
                throw new AssertionError("The stream ended");
            }
        }
        leftOfChunk--;
        return in.read();
    }

    private String headLine() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new AssertionError("The connection ended");
            }
            text.append((char) b);
        }
        return text.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
