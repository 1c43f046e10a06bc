package io.eventpipeline.standalone.traffic;

import java.net.URI;

/**
 * Where the services of a running pipeline answer.
 *
 * @param producer producer-service
 * @param consumer consumer-service
 * @param streams streams-service
 * @param connect the REST interface of Kafka Connect
 * @param connectActuator health of connect-service
 */
public record PipelineUrls(
        URI producer, URI consumer, URI streams, URI connect, URI connectActuator) {

    /** The usual ports of a host. */
    public static PipelineUrls on(String host) {
        return new PipelineUrls(
                url(host, 8081),
                url(host, 8082),
                url(host, 8084),
                url(host, 8083),
                url(host, 8085));
    }

    private static URI url(String host, int port) {
        return URI.create("http://" + host + ":" + port);
    }
}
