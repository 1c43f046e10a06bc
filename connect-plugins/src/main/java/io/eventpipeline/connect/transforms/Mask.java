package io.eventpipeline.connect.transforms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** What becomes of a value that is masked; null stays null. */
@FunctionalInterface
interface Mask {

    /** The text that stands for a value, or null. */
    @Nullable String of(String value);

    /** Takes the value away. */
    static Mask removing() {
        return value -> null;
    }

    /** The same text for every value. */
    static Mask replacing(String replacement) {
        return value -> replacement;
    }

    /**
     * Stars for all but the last characters. A value that is not at least twice as long as what
     * would stay is covered wholly.
     */
    static Mask covering(int visible) {
        return value -> {
            int length = value.codePointCount(0, value.length());
            int shown = length >= 2 * visible ? visible : 0;
            int from = value.offsetByCodePoints(0, length - shown);
            return "*".repeat(length - shown) + value.substring(from);
        };
    }

    /**
     * HMAC-SHA-256 (RFC 2104) in hexadecimal digits: equal values give equal texts, so that joins
     * still work, and without the key nobody can try out which value it was.
     */
    static Mask hashing(String key) {
        SecretKeySpec secret = new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256");
        return value -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(secret);
                return HexFormat.of().formatHex(mac.doFinal(value.getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new ConnectException("A value cannot be hashed", e);
            }
        };
    }
}
