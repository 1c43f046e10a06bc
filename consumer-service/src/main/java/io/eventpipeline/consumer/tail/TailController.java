package io.eventpipeline.consumer.tail;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The last records of the chosen partitions as this instance read them, newest first. */
@RestController
final class TailController {

    private final TailListener tail;

    TailController(TailListener tail) {
        this.tail = tail;
    }

    /** A JSON array of records, each as a line of the archive has it. */
    @GetMapping(path = "/tail", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] tail(@RequestParam(defaultValue = "100") @Min(1) @Max(100_000) int limit) {
        List<byte[]> lines = tail.recent().newest(limit);
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.write('[');
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                array.write(',');
            }
            array.writeBytes(lines.get(i));
        }
        array.write(']');
        return array.toByteArray();
    }
}
