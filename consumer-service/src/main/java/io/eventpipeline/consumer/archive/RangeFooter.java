package io.eventpipeline.consumer.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The end of each file: which offsets it covers, so that the next one is known without reading the
 * data, and a file that was cut off is recognised. It is an empty gzip member with an extra field
 * (RFC 1952, sections 2.2 and 2.3.1.1), which every program that unpacks gzip passes over.
 *
 * @param first the first offset covered, as in the name
 * @param next the first offset behind
 * @param records how many records there are; fewer than offsets where the log has gaps
 */
record RangeFooter(long first, long next, long records) {

    /** Of the footer, in bytes. */
    static final int SIZE = 50;

    private static final short GZIP = (short) 0x8b1f;
    private static final byte DEFLATE = 8;
    private static final byte EXTRA_FIELD = 4;
    private static final short SUBFIELD = (short) ('E' | 'P' << 8);
    private static final short SUBFIELD_SIZE = 3 * Long.BYTES;
    private static final short EMPTY_BLOCK = 3;

    byte[] toBytes() {
        return ByteBuffer.allocate(SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(GZIP)
                .put(DEFLATE)
                .put(EXTRA_FIELD)
                // Modification time, flags and operating system: not said.
                .putInt(0)
                .put((byte) 0)
                .put((byte) 255)
                .putShort((short) (SUBFIELD_SIZE + 4))
                .putShort(SUBFIELD)
                .putShort(SUBFIELD_SIZE)
                .putLong(first)
                .putLong(next)
                .putLong(records)
                .putShort(EMPTY_BLOCK)
                // Checksum and length of nothing.
                .putInt(0)
                .putInt(0)
                .array();
    }

    /**
     * Reads the footer of a file.
     *
     * @throws IOException if it cannot be read
     * @throws UnreadableArchiveException if there is none
     */
    static RangeFooter read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long position = channel.size() - SIZE;
            while (position >= 0 && bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    break;
                }
            }
        }
        int data = SIZE - SUBFIELD_SIZE - 10;
        RangeFooter footer =
                bytes.hasRemaining()
                        ? new RangeFooter(-1, -1, -1)
                        : new RangeFooter(
                                bytes.getLong(data),
                                bytes.getLong(data + Long.BYTES),
                                bytes.getLong(data + 2 * Long.BYTES));
        if (footer.first < 0 || !ByteBuffer.wrap(footer.toBytes()).equals(bytes.flip())) {
            throw new UnreadableArchiveException(
                    "the archive's file %s has no footer that says where it ends".formatted(file));
        }
        return footer;
    }
}
