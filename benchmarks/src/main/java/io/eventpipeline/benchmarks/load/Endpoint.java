package io.eventpipeline.benchmarks.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Where records are sent, and how.
 *
 * @param name what tables call it
 * @param url an http address
 * @param method the HTTP method
 * @param contentType the media type of the body
 * @param body the template of the body
 * @param receipt the text that stands in an answer once for each stored record; empty if answers
 *     hold no receipts
 */
public record Endpoint(
        String name,
        URI url,
        String method,
        String contentType,
        BodyTemplate body,
        String receipt) {

    /** Checks that it can be reached by this generator. */
    public Endpoint {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    name + ": the URL has to begin with http://: " + url);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
    }

    /** The head of a request up to the empty line, with what frames its body. */
    byte[] head(String framing) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return """
        %s %s HTTP/1.1\r
        Host: %s\r
        Content-Type: %s\r
        Accept: */*\r
        %s\r
        \r
        """
                .formatted(method, path + query, url.getRawAuthority(), contentType, framing)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
