package io.eventpipeline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Framing of responses as RFC 9112 has it, cut into pieces at every place. */
class ResponseParserTests {

    private static final String BY_LENGTH =
            "HTTP/1.1 200 \r\nContent-Type: application/json\r\ncontent-length: 5\r\n\r\nhello";
    private static final String IN_CHUNKS =
            String.join(
                    "\r\n",
                    "HTTP/1.1 207 Multi-Status",
                    "Transfer-Encoding: chunked",
                    "",
                    "3",
                    "hel",
                    "2;name=value",
                    "lo",
                    "0",
                    "Trailer: x",
                    "",
                    "");

    private final ResponseParser parser = new ResponseParser();
    private final StringBuilder body = new StringBuilder();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void readsABodyOfKnownLengthHoweverItIsCut(int piece) throws IOException {
        parse(BY_LENGTH, piece);

        assertThat(parser.isDone()).isTrue();
        assertThat(parser.status()).isEqualTo(200);
        assertThat(body).hasToString("hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void readsChunksHoweverTheyAreCut(int piece) throws IOException {
        parse(IN_CHUNKS, piece);

        assertThat(parser.isDone()).isTrue();
        assertThat(parser.status()).isEqualTo(207);
        assertThat(body).hasToString("hello");
    }

    @Test
    void stopsAtTheEndOfTheResponse() throws IOException {
        byte[] two = (BY_LENGTH + "HTTP/1.1").getBytes(StandardCharsets.ISO_8859_1);

        int end = parser.parse(two, 0, two.length, this::append);

        assertThat(end).isEqualTo(BY_LENGTH.length());
    }

    @Test
    void readsTheNextResponseAfterAReset() throws IOException {
        parse(IN_CHUNKS, 1000);
        parser.reset();
        body.setLength(0);

        parse(BY_LENGTH, 1000);

        assertThat(parser.status()).isEqualTo(200);
        assertThat(body).hasToString("hello");
    }

    @Test
    void isNotDoneBeforeTheLastByte() throws IOException {
        parse(IN_CHUNKS.substring(0, IN_CHUNKS.length() - 1), 1000);

        assertThat(parser.isDone()).isFalse();
    }

    @Test
    void saysThatTheServerCloses() throws IOException {
        parse("HTTP/1.1 400 \r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 1000);

        assertThat(parser.isDone()).isTrue();
        assertThat(parser.closes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 \r\n\r\n",
                "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n"
            })
    void refusesWhatHasNoFraming(String response) {
        assertThatThrownBy(() -> parse(response, 1000)).isInstanceOf(IOException.class);
    }

    private void parse(String response, int piece) throws IOException {
        byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length; from += piece) {
            parser.parse(bytes, from, Math.min(bytes.length, from + piece), this::append);
        }
    }

    private void append(byte[] bytes, int from, int to) {
        body.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }
}
