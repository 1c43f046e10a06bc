package io.eventpipeline.producer.delivery;

import net.jpountz.util.Native;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Kafka compress by machine code. The LZ4 library takes its Java version when its classes do
 * not come from the system class loader, as in an executable jar; that costs a producer of many
 * records a third of its time.
 */
final class NativeCompression {

    private static final Logger log = LoggerFactory.getLogger(NativeCompression.class);

    private NativeCompression() {}

    /** Loads it if this machine can; else Kafka compresses in Java. */
    static void load() {
        try {
            if (!Native.isLoaded()) {
                Native.load();
            }
        } catch (LinkageError | RuntimeException e) {
            log.info("LZ4 is compressed in Java here, which is slower: {}", e.toString());
        }
    }
}
