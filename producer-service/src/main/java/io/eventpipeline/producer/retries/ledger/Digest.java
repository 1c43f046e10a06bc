package io.eventpipeline.producer.retries.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The first half of a SHA-256: small in memory, and as hard to meet by chance as a UUID. Names a
 * request, or stands for its content.
 */
public record Digest(long high, long low) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /** The digest of some texts; where one ends and the next begins counts. */
    public static Digest of(String... parts) {
        MessageDigest sha = sha256();
        for (String part : parts) {
            update(sha, part.getBytes(UTF_8));
        }
        return of(sha);
    }

    /** What was fed into a digest so far. */
    public static Digest of(MessageDigest sha) {
        ByteBuffer bytes = ByteBuffer.wrap(sha.digest());
        return new Digest(bytes.getLong(), bytes.getLong());
    }

    /** Feeds a part into a digest, after its length. */
    public static void update(MessageDigest sha, byte[] part) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        sha.update(part);
    }

    /** A new SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** One that nobody can guess. */
    public static Digest random() {
        UUID random = UUID.randomUUID();
        return of(random.toString());
    }

    /** Reads what {@link #toString} wrote; empty if it is anything else. */
    public static Optional<Digest> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Digest(
                        HexFormat.fromHexDigitsToLong(text, 0, 16),
                        HexFormat.fromHexDigitsToLong(text, 16, 32)));
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
