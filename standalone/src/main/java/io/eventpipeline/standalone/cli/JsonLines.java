package io.eventpipeline.standalone.cli;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.standalone.sending.LatencyHistogram.Percentiles;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints JSON for programs, an object a line. Several threads may print. */
final class JsonLines {

    private static final JsonMapper JSON = EventJson.mapper();

    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    /** Starts an object; its name comes first, as it does in Kafka's verifiable producer. */
    static ObjectNode named(String name) {
        return JSON.createObjectNode().put("name", name);
    }

    static ObjectNode latency(Percentiles latency) {
        return JSON.createObjectNode()
                .put("avg", rounded(latency.avg()))
                .put("p50", rounded(latency.p50()))
                .put("p95", rounded(latency.p95()))
                .put("p99", rounded(latency.p99()))
                .put("p999", rounded(latency.p999()))
                .put("max", rounded(latency.max()));
    }

    /** To three digits behind the point. */
    static double rounded(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    /** Prints one. Returns false if nobody reads any more. */
    synchronized boolean print(ObjectNode line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        return !out.checkError();
    }
}
