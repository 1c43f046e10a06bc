package io.eventpipeline.systemtests.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client says to PostgreSQL, message by message, and knows the statements that matter
 * (PostgreSQL documentation, "Frontend/Backend Protocol", version 3.0). Drivers prepare a statement
 * once and then name it, so the names are kept. Confined to one thread.
 */
final class ClientMessages {

    private static final int GREATEST = 64 * 1024 * 1024;
    private static final int PROTOCOL_3 = 3 << 16;

    /** What a message does. */
    enum Meaning {
        MOVE,
        COMMIT,
        ROLLBACK,
        SYNC,
        OTHER
    }

    /** A message. */
    static final class Message {
        private final byte[] bytes;
        private final Meaning meaning;
        private final boolean simple;

        Message(byte[] bytes, Meaning meaning, boolean simple) {
            this.bytes = bytes;
            this.meaning = meaning;
            this.simple = simple;
        }

        /** All of it, as it has to be passed on. */
        void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }

        /** What it does. */
        Meaning meaning() {
            return meaning;
        }

        /** Whether it is answered without a Sync. */
        boolean isSimple() {
            return simple;
        }
    }

    private final DataInputStream in;
    private final Map<String, Meaning> prepared = new HashMap<>();
    private boolean started;

    ClientMessages(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Whether there is more to read without waiting. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** The next message; null when the client has closed its side. */
    @Nullable Message next() throws IOException {
        try {
            return started ? typed() : startup();
        } catch (EOFException e) {
            return null;
        }
    }

    /** The first messages have no type; requests for encryption come before the start itself. */
    private Message startup() throws IOException {
        byte[] bytes = read(0);
        started = ByteBuffer.wrap(bytes).getInt(Integer.BYTES) == PROTOCOL_3;
        return new Message(bytes, Meaning.OTHER, false);
    }

    private Message typed() throws IOException {
        byte[] bytes = read(1);
        Words words = new Words(bytes, 1 + Integer.BYTES);
        return switch (bytes[0]) {
            case 'P' -> {
                prepared.put(words.next(), meaning(words.next()));
                yield new Message(bytes, Meaning.OTHER, false);
            }
            case 'B' -> {
                words.skip();
                Meaning meaning = prepared.getOrDefault(words.next(), Meaning.OTHER);
                yield new Message(bytes, meaning, false);
            }
            case 'Q' -> new Message(bytes, meaning(words.next()), true);
            case 'S' -> new Message(bytes, Meaning.SYNC, false);
            default -> new Message(bytes, Meaning.OTHER, false);
        };
    }

    /** A whole message: its type, if it has one, its length, and the rest. */
    private byte[] read(int typeBytes) throws IOException {
        byte[] head = new byte[typeBytes + Integer.BYTES];
        in.readFully(head);
        int length = ByteBuffer.wrap(head).getInt(typeBytes);
        if (length < Integer.BYTES || length > GREATEST) {
            throw new IOException("not a message of PostgreSQL's protocol: length " + length);
        }
        byte[] bytes = Arrays.copyOf(head, typeBytes + length);
        in.readFully(bytes, head.length, bytes.length - head.length);
        return bytes;
    }

    /** The strings of a message, each ended by a zero. */
    private static final class Words {
        private final byte[] bytes;
        private int position;

        Words(byte[] bytes, int position) {
            this.bytes = bytes;
            this.position = position;
        }

        void skip() {
            while (bytes[position] != 0) {
                position++;
            }
            position++;
        }

        String next() {
            int begin = position;
            skip();
            return new String(bytes, begin, position - 1 - begin, UTF_8);
        }
    }

    private static Meaning meaning(String sql) {
        if (sql.contains("UPDATE consumer_offset") && sql.contains("next_offset")) {
            return Meaning.MOVE;
        }
        return switch (sql.strip().toUpperCase(Locale.ROOT)) {
            case "COMMIT" -> Meaning.COMMIT;
            case "ROLLBACK" -> Meaning.ROLLBACK;
            default -> Meaning.OTHER;
        };
    }
}
