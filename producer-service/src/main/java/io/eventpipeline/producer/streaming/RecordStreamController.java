package io.eventpipeline.producer.streaming;

import io.eventpipeline.producer.records.RecordOptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Records as newline-delimited JSON, one a line, in a body of any length. The answer begins at once
 * and has a line for each record, in order: its receipt when it is stored, or its problem. Its
 * sender has to read while it sends.
 */
@RestController
final class RecordStreamController {

    private final RecordStreams streams;

    RecordStreamController(RecordStreams streams) {
        this.streams = streams;
    }

    @PostMapping(
            path = "/topics/{topic}/records",
            consumes = {"application/x-ndjson", "application/ndjson", "application/jsonl"})
    void records(
            @PathVariable String topic,
            @RequestParam(required = false) @Nullable String acks,
            @RequestParam(required = false) @Nullable String partitioner,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.run(topic, RecordOptions.of(acks, partitioner), request, response);
    }
}
