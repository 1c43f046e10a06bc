package io.eventpipeline.streams.pages;

import io.eventpipeline.model.serde.EventSerdes;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.web.PageCount;
import io.eventpipeline.model.web.PageViewed;
import io.eventpipeline.model.web.WindowKind;
import io.eventpipeline.streams.intake.EventTime;
import io.eventpipeline.streams.intake.Intake;
import io.eventpipeline.streams.intake.IntakeSerdes;
import io.eventpipeline.streams.intake.KeyCheckProcessor;
import io.eventpipeline.streams.intake.KeyCheckProcessor.Tombstones;
import io.eventpipeline.streams.topology.AskedStores;
import io.eventpipeline.streams.topology.PieceStore;
import io.eventpipeline.streams.topology.PieceStore.Keys;
import io.eventpipeline.streams.topology.PieceStore.Kind;
import io.eventpipeline.streams.topology.TopologyPiece;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Page views → counts per page and window, of each of four kinds: tumbling, hopping, sliding and
 * session.
 *
 * <ul>
 *   <li><b>Time.</b> Windows go by {@code viewedAt}, not by when a view came. Views may come late
 *       by the grace period; {@link LateViews later} ones are counted as late, not in windows.
 *   <li><b>Interim counts</b> come at each commit and overwrite each other: their key is page, kind
 *       and window, and their topic is compacted.
 *   <li><b>Final counts</b> come once, when the window's grace period is over: {@link
 *       ClosingProcessor}. They have the same key, so at last the topic says what is final.
 *   <li><b>Refused.</b> Views without key or under another than their page, unreadable ones, and
 *       those from the future become dead letters; they would be counted nowhere, or close windows.
 *   <li><b>Copies.</b> A view that was sent twice is counted twice: a topic that may lose some is
 *       not worth a store of identities.
 * </ul>
 */
public final class PageCountsTopology implements TopologyPiece {

    /** How far the windows of each kind are closed: the last end, by the kind's name. */
    public static final String CLOSED_STORE = "page-counts-closed";

    private final TopicCatalogue topics;
    private final PageCountsProperties settings;
    private final MeterRegistry registry;

    /** Creates the topology for the topics of one environment. */
    public PageCountsTopology(
            TopicCatalogue topics, PageCountsProperties settings, MeterRegistry registry) {
        this.topics = topics;
        this.settings = settings;
        this.registry = registry;
    }

    /** The store of the counts of one kind. */
    public static String store(WindowKind kind) {
        return PageCountRecords.TOPOLOGY + "-" + kind.wireName();
    }

    @Override
    public List<PieceStore> stores() {
        return kinds().map(kind ->
                        new PieceStore(
                                store(kind),
                                kind == WindowKind.SESSION ? Kind.SESSIONS : Kind.WINDOWS,
                                PipelineTopic.PAGE_VIEWED,
                                Keys.OF_SOURCE))
                .toList();
    }

    @Override
    public void addTo(StreamsBuilder builder, Intake intake) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                        AskedStores.keyValue(CLOSED_STORE), Serdes.String(), Serdes.Long()));
        KStream<String, PageViewed> views = views(builder, intake);
        KStream<String, @Nullable PageCount> counts = null;
        for (WindowKind kind : kinds().toList()) {
            WindowRules rules = new WindowRules(kind, settings);
            KStream<String, @Nullable PageCount> counted = closing(count(views, rules), rules);
            counts =
                    counts == null
                            ? counted
                            : counts.merge(counted, named(rules, "page-counts-with"));
        }
        if (counts != null) {
            counts.to(
                    topics.name(PipelineTopic.PAGE_COUNTS),
                    Produced.with(Serdes.String(), EventSerdes.of(PageCount.class))
                            .withName("page-counts-sink"));
        }
    }

    private Stream<WindowKind> kinds() {
        return Arrays.stream(WindowKind.values()).filter(settings.kinds()::contains);
    }

    private KStream<String, PageViewed> views(StreamsBuilder builder, Intake intake) {
        EventTime<PageViewed> time =
                new EventTime<>(PageViewed.class, PageViewed::viewedAt, intake.clock());
        return builder.stream(
                        topics.name(PipelineTopic.PAGE_VIEWED),
                        Consumed.with(Serdes.String(), IntakeSerdes.checked(PageViewed.class))
                                .withTimestampExtractor(time)
                                .withName("page-views-source"))
                .processValues(
                        KeyCheckProcessor.supplier(view -> view, Tombstones.REFUSED),
                        Named.as("page-views-check"))
                .processValues(time.check(), Named.as("page-views-time"));
    }

    private KTable<Windowed<String>, Long> count(
            KStream<String, PageViewed> views, WindowRules rules) {
        KGroupedStream<String, PageViewed> grouped =
                views.processValues(
                                LateViews.supplier(rules, registry),
                                named(rules, "page-views-on-time"))
                        .groupByKey(
                                Grouped.with(Serdes.String(), EventSerdes.of(PageViewed.class)));
        Named name = named(rules, "page-counts-count");
        return switch (rules.kind()) {
            case TUMBLING -> grouped.windowedBy(rules.tumbling()).count(name, materialized(rules));
            case HOPPING -> grouped.windowedBy(rules.hopping()).count(name, materialized(rules));
            case SLIDING -> grouped.windowedBy(rules.sliding()).count(name, materialized(rules));
            case SESSION ->
                    grouped.windowedBy(rules.session())
                            .count(
                                    name,
                                    Materialized.<String, Long>as(
                                                    Stores.persistentSessionStore(
                                                            store(rules.kind()), rules.retention()))
                                            .withKeySerde(Serdes.String())
                                            .withValueSerde(Serdes.Long()));
        };
    }

    private static Materialized<String, Long, WindowStore<Bytes, byte[]>> materialized(
            WindowRules rules) {
        return Materialized.<String, Long>as(
                        Stores.persistentTimestampedWindowStore(
                                store(rules.kind()),
                                rules.retention(),
                                Duration.ofMillis(rules.size()),
                                false))
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.Long());
    }

    private static KStream<String, @Nullable PageCount> closing(
            KTable<Windowed<String>, Long> counts, WindowRules rules) {
        CountStore.Opener opener =
                rules.kind() == WindowKind.SESSION
                        ? CountStore::ofSessions
                        : store -> CountStore.ofWindows(store, rules.size());
        return counts.toStream(named(rules, "page-counts-updates"))
                .process(
                        () -> new ClosingProcessor(rules, opener),
                        named(rules, "page-counts-closing"),
                        store(rules.kind()),
                        CLOSED_STORE);
    }

    private static Named named(WindowRules rules, String step) {
        return Named.as(step + "-" + rules.kind().wireName());
    }
}
