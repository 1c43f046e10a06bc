package io.eventpipeline.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Ports for tests do not collide with each other or with outgoing connections. */
class FreePortsTests {

    private static final int FIRST_PORT_OF_OUTGOING_CONNECTIONS = 32_768;

    @Test
    void takenPortsAreDifferentAndOutsideTheRangeOfOutgoingConnections() {
        assertThat(FreePorts.take("127.0.0.1", 20))
                .hasSize(20)
                .doesNotHaveDuplicates()
                .allMatch(port -> port < FIRST_PORT_OF_OUTGOING_CONNECTIONS);
    }

    @Test
    void portWithAListenerIsNotFree() throws IOException {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.isFree("127.0.0.1", occupant.getLocalPort())).isFalse();
        }
    }
}
