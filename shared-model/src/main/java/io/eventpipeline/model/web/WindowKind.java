package io.eventpipeline.model.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The window kinds of Kafka Streams in which page views are counted. */
public enum WindowKind {
    /** Fixed windows side by side. */
    @JsonProperty("tumbling")
    TUMBLING,
    /** Fixed windows that overlap. */
    @JsonProperty("hopping")
    HOPPING,
    /** A window around each difference in time. */
    @JsonProperty("sliding")
    SLIDING,
    /** As long as views follow each other closely enough. */
    @JsonProperty("session")
    SESSION;

    /** The name in JSON, in keys and in queries. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
