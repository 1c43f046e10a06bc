package io.eventpipeline.connect.hostmetrics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the name of this machine. */
final class HostNames {

    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final String UNKNOWN = "localhost";

    private HostNames() {}

    /**
     * The kernel's own name of the machine, which needs no name server, else what the resolver
     * says, else {@code localhost}.
     */
    static String ofThisMachine() {
        try {
            String name = Files.readString(KERNEL_HOST_NAME).strip();
            return name.isEmpty() ? resolved() : name;
        } catch (IOException e) {
            return resolved();
        }
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return UNKNOWN;
        }
    }
}
