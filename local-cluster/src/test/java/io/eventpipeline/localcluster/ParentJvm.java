package io.eventpipeline.localcluster;

import java.nio.file.Path;

/** A JVM that starts everything, freezes one child, says the process numbers, and waits. */
final class ParentJvm {

    private ParentJvm() {}

    public static void main(String[] arguments) throws InterruptedException {
        LocalPostgres postgres = SharedCluster.postgres();
        SharedCluster.newDatabase();
        LocalKafka kafka = SharedCluster.kafka();
        LocalProcess frozen =
                LocalProcess.builder("frozen")
                        .command("/bin/sh", "-c", "sleep 1000 & wait")
                        .logFile(Path.of(arguments[0]))
                        .start();
        frozen.suspend();
        System.out.printf(
                "started %d %d %d%n", postgres.pid(), kafka.broker(1).pid(), frozen.pid());
        System.out.println("folder " + kafka.broker(1).logFile());
        Thread.currentThread().join();
    }
}
