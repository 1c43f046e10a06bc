package io.eventpipeline.standalone.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventpipeline.model.json.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for all services at once, in memory and at once, because a real pipeline cannot be made
 * to lose a shipment on demand, which is what the checks have to notice.
 */
final class StandInPipeline implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, JsonNode> orders = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> addresses = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> products = new ConcurrentHashMap<>();
    private volatile boolean losesShipments;
    private volatile boolean mixesUpAddresses;
    private volatile boolean notReady;

    StandInPipeline() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    PipelineClient client() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new PipelineClient(new PipelineUrls(url, url, url, url, url));
    }

    StandInPipeline losingShipments() {
        losesShipments = true;
        return this;
    }

    StandInPipeline mixingUpAddresses() {
        mixesUpAddresses = true;
        return this;
    }

    StandInPipeline notReady() {
        notReady = true;
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        String first = path.length > 1 ? path[1] : "";
        String id = path.length > 2 ? path[2] : "";
        boolean read = exchange.getRequestMethod().equals("GET");
        switch (first) {
            case "actuator" -> send(exchange, notReady ? 503 : 200, "{\"status\":\"UP\"}");
            case "customers" -> {
                if (read) {
                    sendFound(exchange, Optional.ofNullable(addresses.get(id)));
                } else {
                    keep(exchange, addresses, id);
                }
            }
            case "products" -> keep(exchange, products, id);
            case "orders" -> {
                if (read) {
                    sendFound(exchange, Optional.ofNullable(orders.get(id)));
                } else {
                    place(exchange);
                }
            }
            case "shipments" -> sendFound(exchange, shipment(id));
            case "measurements" -> send(exchange, 200, "[{\"host\":\"alpha\",\"cpuLoad\":0.25}]");
            case "connectors" -> send(exchange, 200, "[\"host-metrics\"]");
            default -> send(exchange, 200, "{\"version\":\"4.2.1\"}");
        }
    }

    private void place(HttpExchange exchange) throws IOException {
        JsonNode order = EventJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
        if (order.has("sku")) {
            orders.put(order.path("orderId").asString(), order);
            send(exchange, 200, "{}");
        } else {
            send(exchange, 422, "{\"type\":\"invalid\"}");
        }
    }

    private static void keep(HttpExchange exchange, Map<String, JsonNode> values, String id)
            throws IOException {
        values.put(id, EventJson.mapper().readTree(exchange.getRequestBody().readAllBytes()));
        send(exchange, 200, "{}");
    }

    private Optional<JsonNode> shipment(String id) {
        JsonNode order = orders.get(id);
        if (order == null || losesShipments) {
            return Optional.empty();
        }
        JsonNode address =
                mixesUpAddresses
                        ? EventJson.mapper().createObjectNode().put("street", "Elsewhere 1")
                        : addresses.get(order.path("customer").asString());
        JsonNode product = products.get(order.path("sku").asString());
        if (address == null || product == null) {
            return Optional.empty();
        }
        ObjectNode shipment = ((ObjectNode) order).deepCopy();
        shipment.set("address", address);
        shipment.set("product", product);
        return Optional.of(shipment);
    }

    private static void sendFound(HttpExchange exchange, Optional<JsonNode> found)
            throws IOException {
        send(exchange, found.isPresent() ? 200 : 404, found.map(JsonNode::toString).orElse("{}"));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
