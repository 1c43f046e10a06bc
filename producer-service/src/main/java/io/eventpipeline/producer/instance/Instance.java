package io.eventpipeline.producer.instance;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * This process among the instances of the service.
 *
 * @param name unique at a time, and the same again after a restart
 */
public record Instance(String name) {

    /** The instance that nobody gave a name: one port of one host. */
    static Instance at(String port) {
        return new Instance(host() + "-" + port);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
