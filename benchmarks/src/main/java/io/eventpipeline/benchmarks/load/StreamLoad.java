package io.eventpipeline.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One request whose body is a stream of lines and whose answer is a stream of receipts, at the same
 * time: one thread writes as fast as the connection takes it, the calling one reads. Use it once.
 */
public final class StreamLoad {

    /** Lines that are written at once; the last of them stands for all in latencies. */
    static final int BLOCK = 64;

    private static final int BUFFER_BYTES = 256 << 10;

    /** Sending times of so many blocks are kept; more than fit between writer and reader. */
    private static final int BLOCKS_REMEMBERED = 1 << 17;

    private static final Duration LONGEST_WAIT_FOR_WRITER = Duration.ofSeconds(60);

    private final Endpoint endpoint;
    private final PreparedRequests blocks;
    private final Tally tally;
    private final AtomicLongArray sentAt = new AtomicLongArray(BLOCKS_REMEMBERED);
    private final ResponseParser parser = new ResponseParser();
    private final ReceiptLines lines;
    private long counted;
    private volatile boolean broken;
    private volatile long linesRead;

    /**
     * A stream that has not begun.
     *
     * @param endpoint where to
     * @param values the values of the records
     * @param cpu reads the processor times that the result shows
     */
    public StreamLoad(Endpoint endpoint, RandomValues values, Supplier<CpuTimes> cpu) {
        this.endpoint = endpoint;
        this.blocks = PreparedRequests.chunks(endpoint, BLOCK, values);
        this.tally = new Tally(cpu);
        this.lines = new ReceiptLines(endpoint.receipt(), BLOCK, this::blockAnswered);
    }

    /**
     * Sends for a while and measures for another, then ends the request and reads the rest.
     *
     * @throws IOException if the connection breaks, or the answer is no stream of receipts
     */
    public LoadResult run(Duration warmUp, Duration measured) throws IOException {
        long begin = System.nanoTime();
        long measureFrom = begin + warmUp.toNanos();
        long measureTo = measureFrom + measured.toNanos();
        return exchange(() -> System.nanoTime() < measureTo, measureFrom, measureTo);
    }

    /**
     * Sends so many records, rounded up to a whole block, and measures all of it.
     *
     * @throws IOException if the connection breaks, or the answer is no stream of receipts
     */
    public LoadResult run(long records) throws IOException {
        long[] blocksLeft = {Math.ceilDiv(records, BLOCK)};
        return exchange(() -> blocksLeft[0]-- > 0, System.nanoTime(), Long.MAX_VALUE);
    }

    /** How many receipts have come so far; may be asked by another thread. */
    public long receipts() {
        return linesRead;
    }

    private LoadResult exchange(BooleanSupplier more, long measureFrom, long measureTo)
            throws IOException {
        try (SocketChannel channel = SocketChannel.open(endpoint.address())) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            FutureTask<Void> writer =
                    new FutureTask<>(() -> {
                        write(channel, more);
                        return null;
                    });
            Thread.ofPlatform().daemon().name("stream-writer").start(writer);
            try {
                read(channel, measureFrom, measureTo);
            } finally {
                broken = !parser.isDone();
            }
            await(writer);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e.getCause());
        }
        check();
        return tally.result();
    }

    private void write(SocketChannel channel, BooleanSupplier more) throws IOException {
        writeAll(channel, ByteBuffer.wrap(endpoint.head("Transfer-Encoding: chunked")));
        long block = 0;
        while (more.getAsBoolean() && !broken) {
            sentAt.setRelease((int) (block % BLOCKS_REMEMBERED), System.nanoTime());
            writeAll(channel, blocks.get((int) (block % blocks.size())));
            block++;
        }
        writeAll(channel, ByteBuffer.wrap("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void read(SocketChannel channel, long measureFrom, long measureTo) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        boolean measured = false;
        while (!parser.isDone()) {
            buffer.clear();
            int length = channel.read(buffer);
            if (length < 0) {
                throw new EOFException(
                        "%s closed the stream after %d receipts"
                                .formatted(endpoint.name(), lines.lines()));
            }
            long now = System.nanoTime();
            if (!measured && now >= measureFrom) {
                tally.begin();
                measured = true;
            } else if (tally.isMeasuring() && now >= measureTo) {
                tally.end();
            }
            parser.parse(buffer.array(), 0, length, lines);
            count();
        }
        if (tally.isMeasuring()) {
            tally.end();
        }
    }

    private void count() {
        tally.stored(0, Math.toIntExact(lines.lines() - counted));
        counted = lines.lines();
        linesRead = counted;
    }

    private void blockAnswered(long linesSoFar) {
        int block = (int) ((linesSoFar / BLOCK - 1) % BLOCKS_REMEMBERED);
        tally.took(System.nanoTime() - sentAt.getAcquire(block));
    }

    private void check() throws IOException {
        if (parser.status() != 200) {
            throw new IOException("%s answered %s".formatted(endpoint.name(), parser));
        }
        if (lines.refused() > 0) {
            throw new IOException(
                    "%s answered with lines that are no receipts, such as: %s"
                            .formatted(endpoint.name(), lines.firstRefused()));
        }
    }

    private static void await(FutureTask<Void> writer) throws IOException {
        try {
            writer.get(LONGEST_WAIT_FOR_WRITER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the stream was cut off: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("the answer ended before the request", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void writeAll(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
