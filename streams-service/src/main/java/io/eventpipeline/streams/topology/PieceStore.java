package io.eventpipeline.streams.topology;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.eventpipeline.model.topic.PipelineTopic;

/**
 * A store that can be asked.
 *
 * @param name its name, a part of its changelog's
 * @param kind how its entries are found
 * @param source the topic whose partitions it has
 * @param keys whose keys it has
 */
public record PieceStore(String name, Kind kind, PipelineTopic source, Keys keys) {

    /** How entries are found. */
    public enum Kind {
        /** One value a key. */
        @JsonProperty("table")
        TABLE,
        /** One value a key, on every instance. */
        @JsonProperty("global-table")
        GLOBAL_TABLE,
        /** One value a key and moment. */
        @JsonProperty("versioned-table")
        VERSIONED_TABLE,
        /** One value a key and window; all windows have one size. */
        @JsonProperty("windows")
        WINDOWS,
        /** One value a key and session. */
        @JsonProperty("sessions")
        SESSIONS
    }

    /** Whose keys a store has. */
    public enum Keys {
        /** Those of the source: a key says in which partition it is. */
        OF_SOURCE,
        /** Its own: a key may be in any partition. */
        OWN
    }
}
