package io.eventpipeline.consumer.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Standard Webhooks 1.0.0 say, so that their libraries verify them: HMAC-SHA256
 * over id, time and body. Thread-safe.
 */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    /** Creates it with a usable secret. */
    WebhookSignature(String secret) {
        key = new SecretKeySpec(decode(secret), ALGORITHM);
    }

    /** Whether a secret has the form and the length of the standard. */
    static boolean isUsable(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return false;
        }
        try {
            int length = decode(secret).length;
            return length >= 24 && length <= 64;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The value of the header {@code webhook-signature}. */
    String sign(String id, Instant time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + time.getEpochSecond() + ".").getBytes(US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK cannot sign with " + ALGORITHM, e);
        }
    }

    private static byte[] decode(String secret) {
        return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    }
}
