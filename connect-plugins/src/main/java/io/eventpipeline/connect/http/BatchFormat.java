package io.eventpipeline.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;

/** The form of a request's body. */
enum BatchFormat {
    /** One JSON array of all values. */
    JSON_ARRAY("application/json") {
        @Override
        byte[] body(List<Line> lines, BulkActions actions) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte separator = '[';
            for (Line line : lines) {
                body.write(separator);
                body.writeBytes(line.json());
                separator = ',';
            }
            body.write(']');
            return body.toByteArray();
        }
    },

    /** One value a line. */
    NDJSON("application/x-ndjson") {
        @Override
        byte[] body(List<Line> lines, BulkActions actions) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (Line line : lines) {
                body.writeBytes(line.json());
                body.write('\n');
            }
            return body.toByteArray();
        }
    },

    /** The bulk API of search indexes: an action a line, and the value below it. */
    BULK("application/x-ndjson") {
        @Override
        byte[] body(List<Line> lines, BulkActions actions) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (Line line : lines) {
                body.writeBytes(actions.actionOf(line).getBytes(UTF_8));
                body.write('\n');
                if (!line.isTombstone()) {
                    body.writeBytes(line.json());
                    body.write('\n');
                }
            }
            return body.toByteArray();
        }
    };

    private final String contentType;

    BatchFormat(String contentType) {
        this.contentType = contentType;
    }

    abstract byte[] body(List<Line> lines, BulkActions actions);

    String contentType() {
        return contentType;
    }

    /** As the settings call it: {@code json-array}. */
    String settingName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static BatchFormat named(String settingName) {
        return valueOf(settingName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
