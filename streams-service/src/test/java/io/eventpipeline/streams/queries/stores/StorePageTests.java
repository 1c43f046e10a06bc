package io.eventpipeline.streams.queries.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.streams.queries.Origin.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages of several instances: each entry once, and nothing is left out in silence. */
class StorePageTests {

    private static final List<Integer> ALL = List.of(0, 1, 2);

    @Test
    void putsPartitionsOneBehindTheOther() {
        StorePage page =
                page(10, answer("a", done(2, "x")), answer("b", done(0, "y"), done(1, "z")));

        assertThat(page.entries()).extracting(StoreEntry::key).containsExactly("y", "z", "x");
        assertThat(page.partitions()).isEqualTo(3);
        assertThat(page.missing()).isEmpty();
        assertThat(page.next()).isNull();
        assertThat(page.certain()).isTrue();
        assertThat(page.servedBy()).containsExactly("a", "b");
    }

    @Test
    void goesOnWhereAPageWasCut() {
        StorePage page =
                page(3, answer("a", done(0, "p", "q")), answer("b", done(1, "r", "s"), done(2)));

        assertThat(page.entries()).extracting(StoreEntry::key).containsExactly("p", "q", "r");
        Cursor next = page.next();
        assertThat(next).isNotNull();
        if (next != null) {
            assertThat(next.left(3)).containsExactly(1);
            assertThat(next.last(1)).isEqualTo(new Cursor.Position("r", null, null));
        }
    }

    @Test
    void comesBackToAPartitionThatNobodyCouldTellOf() {
        StorePage page = page(10, answer("a", done(0, "p"), done(2, "q")));

        assertThat(page.missing()).containsExactly("partition 1", "b does not answer");
        assertThat(page.certain()).isFalse();
        assertThat(page.next()).isNotNull();
        if (page.next() != null) {
            assertThat(page.next().left(3)).containsExactly(1);
        }
    }

    @Test
    void takesAPartitionOnceAndFromTheActiveInstance() {
        StorePage page =
                page(
                        10,
                        answer("a", part(0, Role.STANDBY, 5L, "old")),
                        answer("b", part(0, Role.ACTIVE, 90L, "new")),
                        answer("c", part(1, Role.STANDBY, 7L, "fresher")),
                        answer("d", part(1, Role.STANDBY, 9L, "staler"), done(2)));

        assertThat(page.entries()).extracting(StoreEntry::key).containsExactly("new", "fresher");
        assertThat(page.role()).isEqualTo(Role.STANDBY);
        assertThat(page.stalenessMillis()).isEqualTo(90);
        assertThat(page.servedBy()).containsExactly("b", "c", "d");
    }

    @Test
    void doesNotSayHowStaleItIsIfThatIsNotKnownOfOne() {
        assertThat(
                        page(10, answer("a", done(0), done(1), part(2, Role.ACTIVE, null, "x")))
                                .stalenessMillis())
                .isNull();
    }

    @Test
    void saysWhichPartitionMayLackTheNewest() {
        StorePart behind = new StorePart(1, Role.ACTIVE, 12_000L, false, List.of(), true);
        StorePage page = page(10, answer("a", done(0), behind, done(2)));

        assertThat(page.missing()).contains("partition 1 is not read to its end");
        assertThat(page.certain()).isFalse();
        assertThat(page.next()).isNull();
    }

    @Test
    void givesEachEntryOnceWhateverTheLimit() {
        List<List<String>> partitions =
                List.of(List.of("a", "d", "e"), List.of("b"), List.of("c", "f", "g", "h"));
        for (int limit = 1; limit <= 9; limit++) {
            List<String> seen = new ArrayList<>();
            Cursor cursor = Cursor.beginning("addresses", null);
            while (cursor != null) {
                Cursor at = cursor;
                int most = limit;
                StorePart.Answer answer =
                        new StorePart.Answer(
                                "a",
                                at.left(3).stream()
                                        .map(each -> read(each, partitions.get(each), at, most))
                                        .toList(),
                                List.of());
                StorePage page =
                        StorePage.of(List.of(answer), at.left(3), List.of(), selection(limit, at));
                page.entries().forEach(entry -> seen.add(entry.key()));
                cursor = page.next();
            }
            assertThat(seen)
                    .as("limit %d", limit)
                    .containsExactly("a", "d", "e", "b", "c", "f", "g", "h");
        }
    }

    private static StorePart read(int partition, List<String> keys, Cursor cursor, int limit) {
        Cursor.Position last = cursor.last(partition);
        List<String> left =
                keys.stream().filter(key -> last == null || key.compareTo(last.key()) > 0).toList();
        List<StoreEntry> entries =
                left.stream().limit(limit).map(key -> StoreEntry.of(key, 1)).toList();
        return new StorePart(
                partition, Role.ACTIVE, 0L, true, entries, entries.size() == left.size());
    }

    private static StorePage page(int limit, StorePart.Answer... answers) {
        List<String> silent =
                Stream.of(answers).anyMatch(answer -> answer.instance().equals("b"))
                        ? List.of()
                        : List.of("b");
        return StorePage.of(
                List.of(answers),
                ALL,
                silent,
                selection(limit, Cursor.beginning("addresses", null)));
    }

    private static Selection selection(int limit, Cursor cursor) {
        return new Selection(null, null, null, null, null, limit, cursor);
    }

    private static StorePart.Answer answer(String instance, StorePart... parts) {
        return new StorePart.Answer(instance, List.of(parts), List.of());
    }

    private static StorePart done(int partition, String... keys) {
        return part(partition, Role.ACTIVE, 0L, keys);
    }

    private static StorePart part(
            int partition, Role role, @Nullable Long stalenessMillis, String... keys) {
        return new StorePart(
                partition,
                role,
                stalenessMillis,
                true,
                Stream.of(keys).map(key -> StoreEntry.of(key, 1)).toList(),
                true);
    }
}
