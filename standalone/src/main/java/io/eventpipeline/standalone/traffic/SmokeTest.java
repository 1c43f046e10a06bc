package io.eventpipeline.standalone.traffic;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.Sku;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The end-to-end check of a running pipeline: every service is well, an order becomes a shipment
 * with its address and product whichever of the three came first, and this machine's measurements
 * arrive. Customer, product and order are new ones each time, so it may run again and again.
 */
public final class SmokeTest {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration MEASUREMENT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MEASUREMENT_AGE = Duration.ofMinutes(2);
    private static final Currency EURO = Currency.getInstance("EUR");

    private final PipelineClient client;
    private final Duration shipmentTimeout;
    private final InstantSource clock;
    private final Consumer<String> told;
    private final String run;

    /**
     * Creates the check.
     *
     * @param client speaks to the pipeline
     * @param shipmentTimeout how long a shipment may take
     * @param clock the time of the events
     * @param told hears of each passed step
     */
    public SmokeTest(
            PipelineClient client,
            Duration shipmentTimeout,
            InstantSource clock,
            Consumer<String> told) {
        this.client = client;
        this.shipmentTimeout = shipmentTimeout;
        this.clock = clock;
        this.told = told;
        run = Long.toString(clock.millis(), Character.MAX_RADIX);
    }

    /**
     * Runs all steps.
     *
     * @throws TrafficException at the first that fails
     */
    public void run() throws TrafficException {
        everyServiceIsWell();
        connectRunsTheHostMetrics();
        orderAfterItsPartsIsShipped();
        orderBeforeItsPartsIsShipped();
        wrongOrderIsRefused();
        measurementsArrive();
    }

    private void everyServiceIsWell() throws TrafficException {
        PipelineUrls urls = client.urls();
        Map<String, URI> services = new LinkedHashMap<>();
        services.put("producer-service", urls.producer());
        services.put("consumer-service", urls.consumer());
        services.put("streams-service", urls.streams());
        services.put("connect-service", urls.connectActuator());
        for (Map.Entry<String, URI> service : services.entrySet()) {
            client.get(service.getValue(), "/actuator/health/readiness").require(200);
            String status =
                    client.get(service.getValue(), "/actuator/health")
                            .require(200)
                            .json()
                            .path("status")
                            .asString("");
            told.accept("%s is %s".formatted(service.getKey(), status));
        }
    }

    private void connectRunsTheHostMetrics() throws TrafficException {
        URI connect = client.urls().connect();
        String version = client.get(connect, "/").require(200).json().path("version").asString("");
        JsonNode connectors = client.get(connect, "/connectors").require(200).json();
        told.accept("Kafka Connect %s runs %s".formatted(version, connectors));
    }

    private void orderAfterItsPartsIsShipped() throws TrafficException {
        AddressChanged address = address("smoke-" + run + "-a");
        ProductListed product = product("smoke-" + run + "-a");
        OrderPlaced order = order("smoke-" + run + "-a", address, product);
        client.putAddress(address).require(200);
        client.putProduct(product).require(200);
        client.postOrder(order).require(200);
        Duration took = awaitShipment(order, address, product);
        told.accept("an order became a shipment in %d ms".formatted(took.toMillis()));
        client.get(client.urls().consumer(), "/orders/" + order.orderId().value()).require(200);
        JsonNode known =
                client.get(client.urls().streams(), "/customers/" + address.key() + "/address")
                        .require(200)
                        .json();
        requireEqual("street of " + address.key(), address.street(), known.path("street"));
        told.accept("streams-service knows the customer's address");
    }

    private void orderBeforeItsPartsIsShipped() throws TrafficException {
        AddressChanged address = address("smoke-" + run + "-b");
        ProductListed product = product("smoke-" + run + "-b");
        OrderPlaced order = order("smoke-" + run + "-b", address, product);
        client.postOrder(order).require(200);
        // The consumer stores the order itself at once; by then the topology has had it too.
        awaitOk("/orders/" + order.orderId().value(), shipmentTimeout);
        client.get(client.urls().consumer(), shipmentPath(order)).require(404);
        client.putAddress(address).require(200);
        client.putProduct(product).require(200);
        Duration took = awaitShipment(order, address, product);
        told.accept(
                "an order that came before its address and product became a shipment %d ms after them"
                        .formatted(took.toMillis()));
    }

    private void wrongOrderIsRefused() throws TrafficException {
        JsonNode problem =
                client.post(
                                client.urls().producer(),
                                "/orders",
                                "{\"orderId\":\"smoke-" + run + "\"}")
                        .require(422)
                        .json();
        if (problem.path("type").isMissingNode()) {
            throw new TrafficException("the refusal of a wrong order names no problem type");
        }
        told.accept("an order without its fields is refused");
    }

    private void measurementsArrive() throws TrafficException {
        long deadline = System.nanoTime() + MEASUREMENT_TIMEOUT.toNanos();
        String path =
                "/measurements?limit=1&from="
                        + clock.instant().minus(MEASUREMENT_AGE).truncatedTo(ChronoUnit.SECONDS);
        while (true) {
            JsonNode measurements = client.get(client.urls().consumer(), path).require(200).json();
            if (measurements.size() > 0) {
                JsonNode newest = measurements.get(0);
                told.accept(
                        "host %s reports a CPU load of %.0f %%"
                                .formatted(
                                        newest.path("host").asString(""),
                                        newest.path("cpuLoad").asDouble(0) * 100));
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new TrafficException(
                        "no measurement of any host arrived within %d s: see GET /connectors at %s and the log of connect-service"
                                .formatted(
                                        MEASUREMENT_TIMEOUT.toSeconds(), client.urls().connect()));
            }
            pause();
        }
    }

    private Duration awaitShipment(OrderPlaced order, AddressChanged address, ProductListed product)
            throws TrafficException {
        long began = System.nanoTime();
        JsonNode shipment = awaitOk(shipmentPath(order), shipmentTimeout).json();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        requireEqual("orderId", order.orderId().value(), shipment.path("orderId"));
        requireEqual("customer", order.customer().value(), shipment.path("customer"));
        requireEqual("street", address.street(), shipment.path("address").path("street"));
        requireEqual("product name", product.name(), shipment.path("product").path("name"));
        return took;
    }

    private PipelineClient.Answer awaitOk(String path, Duration timeout) throws TrafficException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            PipelineClient.Answer answer = client.get(client.urls().consumer(), path);
            if (answer.status() == 200) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new TrafficException(
                        "%s still answered %d after %d ms"
                                .formatted(answer.uri(), answer.status(), timeout.toMillis()));
            }
            pause();
        }
    }

    private static void requireEqual(String what, String wanted, JsonNode actual)
            throws TrafficException {
        if (!wanted.equals(actual.asString(""))) {
            throw new TrafficException("%s is %s instead of %s".formatted(what, actual, wanted));
        }
    }

    private static String shipmentPath(OrderPlaced order) {
        return "/shipments/" + order.orderId().value();
    }

    private static AddressChanged address(String customer) {
        return new AddressChanged(
                new CustomerId(customer), "Lindenstraße 7", "Leipzig", "04109", "DE");
    }

    private static ProductListed product(String sku) {
        return new ProductListed(
                new Sku(sku), "Assam tea, 500 g", "groceries", new BigDecimal("9.90"), EURO);
    }

    private OrderPlaced order(String id, AddressChanged address, ProductListed product) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new OrderPlaced(
                new OrderId(id),
                address.customer(),
                product.sku(),
                2,
                new BigDecimal("19.80"),
                EURO,
                now);
    }

    private static void pause() throws TrafficException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrafficException("interrupted", e);
        }
    }
}
