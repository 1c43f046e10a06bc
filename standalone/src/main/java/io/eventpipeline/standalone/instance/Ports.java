package io.eventpipeline.standalone.instance;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The ports of an instance; they are fixed, because users, scripts and documents rely on them.
 *
 * @param kafka the first broker's; further brokers take the next ones
 * @param postgresql the database's
 * @param producer producer-service's
 * @param consumer consumer-service's
 * @param connect the REST interface of Kafka Connect
 * @param streams streams-service's
 * @param connectActuator health and metrics of connect-service
 */
public record Ports(
        int kafka,
        int postgresql,
        int producer,
        int consumer,
        int connect,
        int streams,
        int connectActuator) {

    /** The ports that the documents name. */
    public static final Ports STANDARD = new Ports(9092, 15432, 8081, 8082, 8083, 8084, 8085);

    List<Integer> brokers(int count) {
        return IntStream.range(0, count).map(broker -> kafka + broker).boxed().toList();
    }
}
