package io.eventpipeline.producer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventpipeline.producer.intake.InFlightLimit.Share;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;

/**
 * Reads the bodies of requests within their limit, by length and by what really comes. Thread-safe.
 *
 * <p>A body that is refused by its length is left to Tomcat, which discards it after the answer.
 * One that turns out to be too large is discarded here: a client that waited for {@code 100
 * Continue} got it, and Tomcat would close the connection on it.
 */
public final class RequestBodies {

    private static final int PIECE = 64 * 1024;
    private static final Duration LONGEST_DISCARDING = Duration.ofSeconds(30);

    private final int maxSize;
    private final long maxDiscarded;

    RequestBodies(int maxSize, long maxDiscarded) {
        this.maxSize = maxSize;
        this.maxDiscarded = maxDiscarded;
    }

    /**
     * Reads the whole body.
     *
     * @throws ErrorResponseException 400 if there is none or it ends early, 408 if it stops coming,
     *     413 if it is too large, 415 if it is compressed or not UTF-8, 503 if there is no room
     */
    public byte[] read(HttpServletRequest request, Share share) {
        requireUtf8(request);
        byte[] body = readAnything(request, share);
        if (body.length == 0) {
            throw ProblemType.MALFORMED_BODY.exception("There is no body: the request is empty");
        }
        return body;
    }

    /**
     * Reads the whole body, which may be empty.
     *
     * @throws ErrorResponseException as {@link #read}, but for an empty body
     */
    public byte[] readUtf8(HttpServletRequest request, Share share) {
        requireUtf8(request);
        return readAnything(request, share);
    }

    /**
     * Reads the whole body, which may be empty, and in any charset.
     *
     * @throws ErrorResponseException 400 if it ends early, 408 if it stops coming, 413 if it is too
     *     large, 415 if it is compressed, 503 if there is no room
     */
    public byte[] readAnything(HttpServletRequest request, Share share) {
        requireUncompressed(request);
        long length = request.getContentLengthLong();
        if (length > maxSize) {
            throw tooLarge();
        }
        try {
            InputStream in = request.getInputStream();
            return length >= 0 ? readKnown(in, (int) length, share) : readUnknown(in, share);
        } catch (SocketTimeoutException e) {
            throw ProblemType.REQUEST_TIMEOUT.exception("The body did not arrive in time");
        } catch (IOException e) {
            throw ProblemType.BAD_REQUEST.exception("The body could not be read to its end");
        }
    }

    private static void requireUncompressed(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            ErrorResponseException refused =
                    ProblemType.UNSUPPORTED_MEDIA_TYPE.exception(
                            "Compressed bodies are not taken: send it without Content-Encoding");
            // RFC 9110, section 12.5.3: tells a 415 for the encoding from one for the media type.
            refused.getHeaders().set(HttpHeaders.ACCEPT_ENCODING, "identity");
            throw refused;
        }
    }

    private static void requireUtf8(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (contentType == null || contentType.indexOf(';') < 0) {
            return;
        }
        try {
            Charset charset = MediaType.parseMediaType(contentType).getCharset();
            if (charset != null && !charset.equals(UTF_8)) {
                throw ProblemType.UNSUPPORTED_MEDIA_TYPE.exception(
                        "Text and JSON (RFC 8259) are taken in UTF-8 only, not in " + charset);
            }
        } catch (InvalidMediaTypeException e) {
            throw ProblemType.UNSUPPORTED_MEDIA_TYPE.exception(
                    "The Content-Type is no media type, or names a charset that is not known");
        }
    }

    private static byte[] readKnown(InputStream in, int length, Share share) throws IOException {
        share.take(length);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw ProblemType.BAD_REQUEST.exception("The body is shorter than its Content-Length");
        }
        return body;
    }

    private byte[] readUnknown(InputStream in, Share share) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        int count;
        try {
            while ((count = in.read(piece)) >= 0) {
                if (body.size() + count > maxSize) {
                    throw tooLarge();
                }
                share.take(count);
                body.write(piece, 0, count);
            }
        } catch (ErrorResponseException e) {
            discard(in);
            throw e;
        }
        return body.toByteArray();
    }

    private void discard(InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        long end = System.nanoTime() + LONGEST_DISCARDING.toNanos();
        long discarded = 0;
        int count;
        while (discarded < maxDiscarded
                && System.nanoTime() < end
                && (count = in.read(piece)) >= 0) {
            discarded += count;
        }
    }

    private ErrorResponseException tooLarge() {
        ErrorResponseException refused =
                ProblemType.TOO_LARGE.exception(
                        "The body is larger than the limit of " + maxSize + " bytes");
        refused.getBody().setProperty("limit", maxSize);
        return refused;
    }
}
