package io.eventpipeline.systemtests.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A door of its own to PostgreSQL for one client, with a place for one {@link Trap}. Connections
 * are refused while the server is away. Safe for use by several threads.
 */
public final class DatabaseProxy implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MS = 2_000;

    private final ServerSocket door;
    private final InetSocketAddress server;
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private final Set<ProxiedSession> sessions = ConcurrentHashMap.newKeySet();

    /**
     * Opens a door on a free port of the loopback address.
     *
     * @param serverPort where PostgreSQL listens, or will
     */
    public DatabaseProxy(int serverPort) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = new InetSocketAddress(loopback, serverPort);
        try {
            door = new ServerSocket(0, 50, loopback);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for a door to PostgreSQL", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where the client connects to. */
    public int port() {
        return door.getLocalPort();
    }

    /** Sets a trap for the client's next transaction; another one that is still set is let go. */
    public Trap set(Moment moment) {
        Trap next = new Trap(moment);
        Trap.abandon(trap.getAndSet(next));
        return next;
    }

    /** Takes the trap away, and lets go what it holds. */
    public void clear() {
        Trap.abandon(trap.getAndSet(null));
    }

    /** The trap, if one is set for this moment; it is gone then. */
    @Nullable Trap take(Moment moment) {
        Trap set = trap.get();
        return set != null && set.moment() == moment && trap.compareAndSet(set, null) ? set : null;
    }

    void ended(ProxiedSession session) {
        sessions.remove(session);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // The door was closed.
            }
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        ProxiedSession session = new ProxiedSession(this, client, upstream);
        sessions.add(session);
        try {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(server, CONNECT_TIMEOUT_MS);
            session.start();
        } catch (IOException e) {
            session.close();
        }
    }

    /** Closes the door and cuts what goes through it. */
    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clear();
        sessions.forEach(ProxiedSession::close);
    }
}
