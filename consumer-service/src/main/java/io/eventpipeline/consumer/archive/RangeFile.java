package io.eventpipeline.consumer.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the archive while it is written: lines, compressed, of one gap-free range of one
 * partition. Until it is published it has a name that nobody reads, and may be lost. Confined to
 * the thread of its consumer.
 */
final class RangeFile {

    private static final Logger log = LoggerFactory.getLogger(RangeFile.class);

    private static final int BUFFER = 32 * 1024;

    /** Events compress well at any level; the lower ones cost a third of the time. */
    private static final int COMPRESSION_LEVEL = 3;

    private final Path path;
    private final long first;
    private final Hour hour;
    private final Instant begun;
    private final Sink sink;
    private final Compressor gzip;
    private final OutputStream lines;
    private long records;

    private RangeFile(Path path, long first, Hour hour, Instant begun) throws IOException {
        this.path = path;
        this.first = first;
        this.hour = hour;
        this.begun = begun;
        sink = new Sink(path);
        gzip = new Compressor(sink);
        lines = new BufferedOutputStream(gzip, BUFFER);
    }

    /**
     * Creates an empty file.
     *
     * @param first the first offset of its range
     * @param hour the hour of its name
     */
    static RangeFile create(Path path, long first, Hour hour, Instant now) throws IOException {
        return new RangeFile(path, first, hour, now);
    }

    Path path() {
        return path;
    }

    /** The first offset of its range, whether a record has it or not. */
    long first() {
        return first;
    }

    Hour hour() {
        return hour;
    }

    /** When it was begun, by the clock and not by its records. */
    Instant begun() {
        return begun;
    }

    long records() {
        return records;
    }

    /** How much was written so far, compressed; some more may be in memory. */
    long size() {
        return sink.written;
    }

    void append(byte[] line) throws IOException {
        lines.write(line);
        lines.write('\n');
        records++;
    }

    /** Writes what is left and the footer, and waits until the disk has it. */
    void complete(long next) throws IOException {
        lines.flush();
        gzip.finish();
        sink.write(new RangeFooter(first, next, records).toBytes());
        sink.channel.force(true);
        gzip.close();
    }

    /** Gives it up; whoever resumes reads its records again. */
    void discard() {
        try {
            gzip.close();
        } catch (IOException e) {
            log.debug("Could not end {}", path, e);
        }
        try {
            sink.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.debug("Could not delete {}; its partition's next owner will", path, e);
        }
    }

    private static final class Compressor extends GZIPOutputStream {

        Compressor(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(COMPRESSION_LEVEL);
        }
    }

    private static final class Sink extends OutputStream {

        private final FileChannel channel;
        private long written;

        Sink(Path path) throws IOException {
            channel =
                    FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
