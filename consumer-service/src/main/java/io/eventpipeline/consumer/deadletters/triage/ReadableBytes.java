package io.eventpipeline.consumer.deadletters.triage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in a form that people can read and a request can carry.
 *
 * @param text absent if there are no bytes
 * @param format {@code text} or {@code base64}; absent with the text
 */
record ReadableBytes(@Nullable String text, @Nullable String format) {

    static ReadableBytes of(byte @Nullable [] bytes, int limit) {
        if (bytes == null) {
            return new ReadableBytes(null, null);
        }
        boolean whole = bytes.length <= limit;
        byte[] shown = whole ? bytes : Arrays.copyOf(bytes, limit);
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.chars().allMatch(ReadableBytes::isReadable)) {
                return new ReadableBytes(
                        whole ? text : new String(shown, StandardCharsets.UTF_8) + "…", "text");
            }
        } catch (CharacterCodingException e) {
            // Shown as base64.
        }
        return new ReadableBytes(Base64.getEncoder().encodeToString(shown), "base64");
    }

    private static boolean isReadable(int character) {
        return character >= ' ' || character == '\n' || character == '\t' || character == '\r';
    }
}
