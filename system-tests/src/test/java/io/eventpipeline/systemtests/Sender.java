package io.eventpipeline.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.systemtests.services.Rest;
import io.eventpipeline.systemtests.services.RunningPipeline;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;

/** A client of the pipeline: sends events, asks for shipments. */
record Sender(RunningPipeline pipeline) {

    /** PUT, answered 200. */
    void put(String path, Event event) {
        HttpResponse<String> answer =
                Rest.send("PUT", pipeline.producer().uri(path), EventJson.write(event));
        assertThat(answer.statusCode()).as("PUT %s: %s", path, answer.body()).isEqualTo(200);
    }

    /** POST of anything, whatever the answer. */
    HttpResponse<String> post(String path, String json) {
        return Rest.send("POST", pipeline.producer().uri(path), json.getBytes(UTF_8));
    }

    /** POST of an order, whatever the answer. */
    HttpResponse<String> post(Event order) {
        return Rest.send("POST", pipeline.producer().uri("/orders"), EventJson.write(order));
    }

    /** The status of a POST of an order; 0 if there was no answer. */
    int statusOfPost(Event order) {
        try {
            return post(order).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** Asks the first instance of consumer-service. */
    HttpResponse<String> get(String path) {
        return Rest.get(pipeline.consumers().getFirst().uri(path));
    }
}
