package io.eventpipeline.standalone.sending;

import io.eventpipeline.standalone.sending.LoadTest.Block;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Sends one request without end, a line a record, while another thread reads the receipts. If it
 * breaks, what was not answered is unknown, and a new request goes on with the next record.
 */
final class StreamedLoad extends LoadConnection {

    /** A chunk holds about so many bytes... */
    private static final int CHUNK = 32 * 1024;

    /** ...and, with a rate, no more records than are due in such a part of a second. */
    private static final int CHUNKS_PER_SECOND = 100;

    StreamedLoad(int number, LoadTest test) {
        super(number, test);
    }

    @Override
    void run() {
        while (!test().stop().isGiven()) {
            if (stream()) {
                return;
            }
            pause(0);
        }
    }

    /** One request. Returns whether all is sent and answered. */
    private boolean stream() {
        LoadTest.Settings settings = test().settings();
        Block first = test().take(blockSize());
        if (first.size() == 0) {
            return true;
        }
        HttpConnection opened;
        try {
            opened = HttpConnection.open(settings.door().producer(), settings.timeout());
        } catch (IOException e) {
            test().report().sent(first.size());
            test().report().failed(Outcome.unreachable(e), first.size());
            return false;
        }
        try (HttpConnection connection = opened) {
            ReceiptReader receipts = new ReceiptReader(connection, test().report());
            Thread reader = Thread.ofVirtual().name("receipts").start(receipts);
            boolean written = false;
            try {
                written = write(connection, receipts, first);
            } catch (IOException e) {
                receipts.broken(e);
                connection.abort();
            }
            boolean answered = receipts.awaitEnd(reader);
            if (receipts.isRefusedForGood()) {
                test().stop().give();
            }
            return answered && written;
        }
    }

    private boolean write(HttpConnection connection, ReceiptReader receipts, Block first)
            throws IOException {
        LoadTest test = test();
        ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * CHUNK);
        boolean begun = false;
        for (Block block = first; block.size() > 0; block = test.take(blockSize())) {
            if (!test.pace().await(block.last(), test.stop())) {
                break;
            }
            lines.reset();
            for (int index = 0; index < block.size(); index++) {
                write(lines, block.from() + index);
                lines.write('\n');
            }
            if (!receipts.expect(block, test.pace())) {
                return false;
            }
            if (!begun) {
                connection.beginPost(test.settings().door().path(), RecordsDoor.lineHeaders());
                begun = true;
            }
            connection.chunk(lines.toByteArray());
        }
        if (begun) {
            connection.endPost();
        } else {
            connection.abort();
        }
        return true;
    }

    private int blockSize() {
        LoadTest.Settings settings = test().settings();
        int inChunk = Math.max(1, CHUNK / (settings.size() + 60));
        double due = settings.perSecond() / CHUNKS_PER_SECOND / settings.connections();
        return settings.perSecond() == 0 ? inChunk : (int) Math.clamp(due, 1, inChunk);
    }
}
