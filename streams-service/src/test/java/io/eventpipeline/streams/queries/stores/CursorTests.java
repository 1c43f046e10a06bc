package io.eventpipeline.streams.queries.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.streams.queries.TimeRange;
import io.eventpipeline.streams.queries.stores.Cursor.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor comes back as it went, whichever instance gets it. */
class CursorTests {

    private static final TimeRange HOUR =
            new TimeRange(
                    Instant.parse("2026-11-20T12:00:00Z"), Instant.parse("2026-11-20T13:00:00Z"));

    @Test
    void survivesAQuery() {
        Cursor cursor =
                Cursor.beginning("page-counts-tumbling", HOUR)
                        .after(List.of(0, 3), Map.of(1, new Position("/käse?&=", 7L, 12L)));

        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.read(cursor.text(), "page-counts-tumbling")).isEqualTo(cursor);
        Cursor first = Cursor.beginning("addresses", null);
        assertThat(Cursor.read(first.text(), "addresses")).isEqualTo(first);
        assertThat(first.isBeginning()).isTrue();
    }

    @Test
    void knowsWhatIsLeft() {
        Cursor cursor =
                Cursor.beginning("addresses", null)
                        .after(List.of(0), Map.of(1, new Position("bob", null, null)))
                        .after(List.of(1), Map.of(2, new Position("carl", null, null)));

        assertThat(cursor.left(4)).containsExactly(2, 3);
        assertThat(cursor.last(1)).isNull();
        assertThat(cursor.last(2)).isEqualTo(new Position("carl", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "e30", "%%%", "eyJzdG9yZSI6MX0", "W10"})
    void refusesWhatIsNoCursor(String text) {
        assertThatThrownBy(() -> Cursor.read(text, "addresses"))
                .hasMessageContaining("after must be what an answer of /stores/addresses said");
    }

    @Test
    void refusesTheCursorOfAnotherStore() {
        String text = Cursor.beginning("addresses", null).text();

        assertThatThrownBy(() -> Cursor.read(text, "products"))
                .hasMessageContaining("/stores/products");
    }
}
