package io.eventpipeline.standalone.sending;

import io.eventpipeline.standalone.sending.LoadTest.Block;
import io.eventpipeline.standalone.sending.Outcome.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends envelopes of several records, one after the other. */
final class BatchedLoad extends LoadConnection {

    private @Nullable HttpConnection connection;

    BatchedLoad(int number, LoadTest test) {
        super(number, test);
    }

    @Override
    void run() {
        LoadTest test = test();
        try {
            while (!test.stop().isGiven()) {
                Block block = test.take(test.settings().batch());
                if (block.size() == 0 || !test.pace().await(block.last(), test.stop())) {
                    return;
                }
                long due = test.pace().due(block.last());
                test.report().sent(block.size());
                long retryAfter = send(block, due);
                if (retryAfter >= 0) {
                    pause(retryAfter);
                }
            }
        } finally {
            close();
        }
    }

    /** Sends one envelope. Returns how long to wait if some of it failed, else -1. */
    private long send(Block block, long due) {
        LoadTest test = test();
        ByteArrayOutputStream body =
                new ByteArrayOutputStream(block.size() * (test.settings().size() + 100));
        RecordsDoor.beginEnvelope(body);
        for (int index = 0; index < block.size(); index++) {
            if (index > 0) {
                body.write(',');
            }
            write(body, block.from() + index);
        }
        RecordsDoor.endEnvelope(body);
        HttpConnection open = connection;
        try {
            if (open == null) {
                open =
                        HttpConnection.open(
                                test.settings().door().producer(), test.settings().timeout());
                connection = open;
            }
        } catch (IOException e) {
            test.report().failed(Outcome.unreachable(e), block.size());
            return 0;
        }
        try {
            open.post(
                    test.settings().door().path(),
                    RecordsDoor.envelopeHeaders(),
                    body.toByteArray());
            HttpAnswer answer = open.answer();
            if (!open.isReusable()) {
                close();
            }
            return count(answer, block, System.nanoTime() - due);
        } catch (IOException e) {
            close();
            test.report().failed(Outcome.unanswered(e), block.size());
            return 0;
        }
    }

    private long count(HttpAnswer answer, Block block, long nanos) {
        LoadReport report = test().report();
        // Reading each receipt would cost the machine under test more than sending the records.
        if (answer.status() == 200 && ReceiptScan.receipts(answer.body()) == block.size()) {
            report.acknowledged(block.size(), nanos);
            return -1;
        }
        boolean refusedForGood = false;
        List<Outcome> outcomes = Outcome.of(answer, block.size());
        for (Outcome outcome : outcomes) {
            if (outcome.kind() == Kind.ACKNOWLEDGED) {
                report.acknowledged(1, nanos);
            } else {
                report.failed(outcome, 1);
                refusedForGood |= !outcome.retryable();
            }
        }
        if (refusedForGood) {
            test().stop().give();
        }
        return answer.retryAfterSeconds();
    }

    private void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
