package io.eventpipeline.standalone.traffic;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Speaks to the services as any other program would. Every call is bounded by 10 s. Safe for use by
 * several threads.
 */
public final class PipelineClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();
    private final PipelineUrls urls;

    /**
     * Creates a client.
     *
     * @param urls where the services answer
     */
    public PipelineClient(PipelineUrls urls) {
        this.urls = urls;
    }

    /**
     * What a service answered.
     *
     * @param uri what was asked
     * @param status the HTTP status
     * @param body the body as it came
     */
    public record Answer(URI uri, int status, String body) {

        /** The body as JSON; missing where it is none. */
        public JsonNode json() {
            try {
                return EventJson.mapper().readTree(body);
            } catch (JacksonException e) {
                return EventJson.mapper().missingNode();
            }
        }

        Answer require(int wanted) throws TrafficException {
            if (status != wanted) {
                String shown = body.length() > 300 ? body.substring(0, 300) + "…" : body;
                throw new TrafficException(
                        "%s answered %d instead of %d: %s".formatted(uri, status, wanted, shown));
            }
            return this;
        }
    }

    Answer putAddress(AddressChanged address) throws TrafficException {
        return send("PUT", urls.producer(), "/customers/" + address.key() + "/address", address);
    }

    Answer putProduct(ProductListed product) throws TrafficException {
        return send("PUT", urls.producer(), "/products/" + product.key(), product);
    }

    Answer postOrder(OrderPlaced order) throws TrafficException {
        return send("POST", urls.producer(), "/orders", order);
    }

    Answer post(URI service, String path, String json) throws TrafficException {
        return exchange(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer get(URI service, String path) throws TrafficException {
        return exchange(HttpRequest.newBuilder(service.resolve(path)).GET());
    }

    PipelineUrls urls() {
        return urls;
    }

    private Answer send(String method, URI service, String path, Event event)
            throws TrafficException {
        String json = new String(EventJson.write(event), StandardCharsets.UTF_8);
        return exchange(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    private Answer exchange(HttpRequest.Builder builder) throws TrafficException {
        HttpRequest request = builder.timeout(TIMEOUT).build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(request.uri(), response.statusCode(), response.body());
        } catch (HttpTimeoutException e) {
            throw new TrafficException(
                    "no answer from " + request.uri() + " within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw new TrafficException("nothing answers at " + request.uri(), e);
        } catch (IOException e) {
            throw new TrafficException(
                    "no answer from %s (%s)".formatted(request.uri(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrafficException("interrupted", e);
        }
    }
}
