package io.eventpipeline.producer.cloudevents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Decodes the value of a {@code ce-} header (CloudEvents HTTP protocol binding 1.0.2, section
 * 3.1.3.2): a string in double quotes is unquoted, then there is one round of percent-decoding, and
 * the octets must be UTF-8. Octets that a sender did not encode count as they are. The official
 * Java SDK does neither (sdk-java issue 748, "HTTP binary mode does not percent-encode or decode
 * header values"). Stateless.
 */
final class AttributeHeader {

    private static final int HEXADECIMAL = 16;

    private AttributeHeader() {}

    /**
     * Decodes a value.
     *
     * @param value the header's octets, one a character, as containers give them
     * @throws IllegalArgumentException with a reason for the sender
     */
    static String decode(String value) {
        String unquoted = value.startsWith("\"") ? unquote(value) : value;
        if (unquoted.indexOf('%') < 0 && unquoted.chars().allMatch(c -> c < 0x80)) {
            return unquoted;
        }
        return text(percentDecode(unquoted));
    }

    /** RFC 7230, section 3.2.6. */
    private static String unquote(String value) {
        StringBuilder text = new StringBuilder(value.length());
        int i = 1;
        while (i < value.length() && value.charAt(i) != '"') {
            if (value.charAt(i) == '\\') {
                i++;
            }
            if (i < value.length()) {
                text.append(value.charAt(i));
            }
            i++;
        }
        if (i != value.length() - 1) {
            throw new IllegalArgumentException("begins with a double quote that is not closed");
        }
        return text.toString();
    }

    private static byte[] percentDecode(String value) {
        byte[] octets = value.getBytes(ISO_8859_1);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] != '%') {
                decoded.write(octets[i]);
                continue;
            }
            int high = i + 1 < octets.length ? Character.digit(octets[i + 1], HEXADECIMAL) : -1;
            int low = i + 2 < octets.length ? Character.digit(octets[i + 2], HEXADECIMAL) : -1;
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException(
                        "has a % without two hexadecimal digits: encode a percent sign as %25");
            }
            decoded.write(high * HEXADECIMAL + low);
            i += 2;
        }
        return decoded.toByteArray();
    }

    /** The JDK's decoder refuses overlong forms and surrogates when it is asked to report. */
    private static String text(byte[] octets) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("is not UTF-8 once it is decoded", e);
        }
    }
}
