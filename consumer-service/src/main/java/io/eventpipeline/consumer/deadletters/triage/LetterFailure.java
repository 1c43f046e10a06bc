package io.eventpipeline.consumer.deadletters.triage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Who could not process a record, where it lay, and why.
 *
 * @param component who: {@code consumer-service/<group>}, {@code streams-service}, {@code
 *     connect/<connector>}, {@code spring/<group>} for other applications; {@code unknown} if no
 *     header tells
 * @param topic the topic of the record
 * @param partition its partition
 * @param offset its offset
 * @param cause the reason, else the class of the exception
 * @param message in words, shortened
 */
public record LetterFailure(
        String component, String topic, int partition, long offset, String cause, String message) {

    /** Hexadecimal digits of a group's id: few enough to type, enough to be unique. */
    private static final int ID_LENGTH = 16;

    /** The id of the group of letters that failed alike. */
    String groupId() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {component, topic, cause, message}) {
                digest.update(part.getBytes(UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
