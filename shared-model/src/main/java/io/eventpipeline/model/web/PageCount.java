package io.eventpipeline.model.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;

/**
 * How often a page was seen in one window. Written by the page-count topology, to a compacted
 * topic: interim counts overwrite each other, the final one comes once.
 *
 * @param page which page
 * @param kind which kind of window
 * @param from start of the window, inclusive
 * @param to end of the window, exclusive for all kinds but {@link WindowKind#SESSION}
 * @param count views in the window so far
 * @param isFinal whether the window is closed, so that the count cannot change any more; {@code
 *     final} in JSON
 */
@EventType("io.eventpipeline.page.count.v1")
public record PageCount(
        @NotBlank String page,
        @NotNull WindowKind kind,
        @NotNull Instant from,
        @NotNull Instant to,
        @PositiveOrZero long count,
        @JsonProperty("final") boolean isFinal)
        implements WebEvent {

    @Override
    public String key() {
        return String.join("|", page, kind.wireName(), from.toString(), to.toString());
    }
}
