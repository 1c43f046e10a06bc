package io.eventpipeline.systemtests.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.eventpipeline.systemtests.proxy.ClientMessages.Message;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy: a thread for what is said and one for the answers. */
final class ProxiedSession {

    private static final int BUFFER = 64 * 1024;
    private static final String COMMITTED = "COMMIT\0";

    private final DatabaseProxy proxy;
    private final Socket client;
    private final Socket server;
    private final AtomicLong answers = new AtomicLong();
    private volatile @Nullable Trap answersFor;
    private volatile boolean closed;

    ProxiedSession(DatabaseProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() {
        Thread.ofVirtual().start(this::passQuestions);
        Thread.ofVirtual().start(this::passAnswers);
    }

    /** How often something came from the server. */
    long answers() {
        return answers.get();
    }

    boolean isClosed() {
        return closed;
    }

    private void passQuestions() {
        try (OutputStream out = new BufferedOutputStream(server.getOutputStream(), BUFFER)) {
            ClientMessages messages =
                    new ClientMessages(new BufferedInputStream(client.getInputStream(), BUFFER));
            boolean moved = false;
            boolean committing = false;
            for (Message message = messages.next(); message != null; message = messages.next()) {
                switch (message.meaning()) {
                    case MOVE -> {
                        if (!moved) {
                            out.flush();
                            hold(Moment.BEFORE_MOVE);
                        }
                        moved = true;
                    }
                    case COMMIT -> {
                        if (moved) {
                            out.flush();
                            hold(Moment.BEFORE_COMMIT);
                            committing = true;
                        }
                        moved = false;
                    }
                    case ROLLBACK -> moved = false;
                    case SYNC, OTHER -> {}
                }
                boolean answered =
                        committing
                                && (message.isSimple()
                                        || message.meaning() == ClientMessages.Meaning.SYNC);
                // Before it is passed on: the server could be quicker.
                Trap trap = answered ? proxy.take(Moment.AFTER_COMMIT) : null;
                answersFor = trap;
                message.writeTo(out);
                if (answered || !messages.hasMore()) {
                    out.flush();
                }
                if (trap != null) {
                    trap.catchAndWait(this);
                }
                committing &= !answered;
            }
        } catch (IOException e) {
            // One side has gone: so does the other.
        } finally {
            close();
        }
    }

    private void hold(Moment moment) {
        Trap trap = proxy.take(moment);
        if (trap != null) {
            trap.catchAndWait(this);
        }
    }

    private void passAnswers() {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                Trap swallows = answersFor;
                if (swallows == null) {
                    out.write(buffer, 0, count);
                } else if (new String(buffer, 0, count, ISO_8859_1).contains(COMMITTED)) {
                    swallows.committed();
                }
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            // One side has gone: so does the other.
        } finally {
            close();
        }
    }

    /** Ends both sides; the client's by a reset, as if a router had forgotten the connection. */
    void close() {
        closed = true;
        proxy.ended(this);
        try (client;
                server) {
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            // It was closed before.
        }
    }
}
