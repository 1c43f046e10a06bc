package io.eventpipeline.model.web;

import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * A visitor saw a page. Written by producer-service, keyed by page; counted per window by {@code
 * viewedAt}.
 *
 * @param page the page's path, the record key; no {@code |}, which separates the parts of a count's
 *     key
 * @param visitor who saw it
 * @param viewedAt when, the event's own time
 */
@EventType("io.eventpipeline.page.viewed.v1")
public record PageViewed(
        @NotBlank
                @Size(max = 200)
                @Pattern(
                        regexp = "[^|\\p{Cntrl}]*",
                        message = "must not contain | or control characters")
                String page,
        @NotBlank @Size(max = 200) String visitor,
        @NotNull Instant viewedAt)
        implements WebEvent {

    @Override
    public String key() {
        return page;
    }
}
