package io.eventpipeline.localcluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports that stay free while a server on them is down. They lie below the range from
 * which Linux takes the ports of outgoing connections (32768 and up): a client that keeps trying to
 * reconnect to a dead server could otherwise be given that very port and block the restart. No port
 * is handed out twice in one JVM. Safe for use by several threads.
 */
public final class FreePorts {

    private static final int LOWEST = 17_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;
    private static final Set<Integer> TAKEN = new HashSet<>();

    private FreePorts() {}

    /**
     * Takes free ports.
     *
     * @param bindAddress the address on which they have to be free
     * @param count how many
     * @return as many different ports
     * @throws LocalClusterException if there are not as many
     */
    public static synchronized List<Integer> take(String bindAddress, int count) {
        List<Integer> ports = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS && ports.size() < count; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!TAKEN.contains(port) && isFree(bindAddress, port)) {
                TAKEN.add(port);
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new LocalClusterException(
                    "found only %d of %d free ports on %s between %d and %d"
                            .formatted(ports.size(), count, bindAddress, LOWEST, HIGHEST));
        }
        return ports;
    }

    /**
     * Whether a server could listen there now.
     *
     * @param bindAddress the address to listen on
     * @param port the port
     * @return false if something else listens there
     */
    public static boolean isFree(String bindAddress, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do, so that connections in TIME_WAIT do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bindAddress), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
