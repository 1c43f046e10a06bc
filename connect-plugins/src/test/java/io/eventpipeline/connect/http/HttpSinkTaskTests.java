package io.eventpipeline.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventpipeline.connect.http.RecordingServer.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives at a real web service, and what the task makes of its answers. */
class HttpSinkTaskTests {

    private static final String ORDERS = "orders";

    private final TaskContext context = new TaskContext(true);
    private final List<HttpSinkTask> started = new ArrayList<>();
    private RecordingServer service;

    @BeforeEach
    void startService() throws IOException {
        service = new RecordingServer();
    }

    @AfterEach
    void stop() {
        started.forEach(HttpSinkTask::stop);
        service.close();
    }

    @Test
    void postsBatchesAsJsonArrays() {
        HttpSinkTask task = task(Map.of("batch.max.records", "2"));

        task.put(lamps(0, 5));

        assertThat(service.bodies())
                .containsExactly("[{\"n\":0},{\"n\":1}]", "[{\"n\":2},{\"n\":3}]", "[{\"n\":4}]");
        assertThat(service.requests())
                .allSatisfy(request ->
                        assertThat(request.header("Content-type")).isEqualTo("application/json"));
    }

    @Test
    void endsABatchBeforeItGrowsTooLarge() {
        HttpSinkTask task = task(Map.of("batch.max.bytes", "14"));

        task.put(lamps(0, 3));

        assertThat(service.bodies()).containsExactly("[{\"n\":0},{\"n\":1}]", "[{\"n\":2}]");
    }

    @Test
    void writesALineEachWithEveryDigitAndWithoutLineBreaks() {
        HttpSinkTask task = task(Map.of("batch.format", "ndjson"));

        task.put(
                List.of(
                        sinkRecord(0, "a", "{\"amount\": 49.90,\n \"big\": 123456789012345678901}"),
                        sinkRecord(1, "b", "[1.10]".getBytes(UTF_8))));

        assertThat(service.bodies())
                .containsExactly("{\"amount\":49.90,\"big\":123456789012345678901}\n[1.10]\n");
        assertThat(service.requests().getFirst().header("Content-type"))
                .isEqualTo("application/x-ndjson");
    }

    @Test
    void writesStructuresAsJson() {
        Schema schema =
                SchemaBuilder.struct()
                        .field("sku", Schema.STRING_SCHEMA)
                        .field("price", Decimal.schema(2))
                        .build();
        Struct value = new Struct(schema).put("sku", "lamp").put("price", new BigDecimal("49.90"));

        task(Map.of()).put(List.of(new SinkRecord(ORDERS, 0, null, "k", schema, value, 0)));

        assertThat(service.bodies()).containsExactly("[{\"sku\":\"lamp\",\"price\":49.90}]");
    }

    @Test
    void speaksTheBulkApiOfSearchIndexes() {
        service.answers(request -> new Answer(200, "{\"took\":1,\"errors\":false,\"items\":[]}"));
        HttpSinkTask task = task(Map.of("batch.format", "bulk", "bulk.index", "shop-${topic}"));

        task.put(
                List.of(
                        sinkRecord(0, "o-\"1", Map.of("n", 1)),
                        sinkRecord(1, "o-2", null),
                        sinkRecord(2, null, Map.of("n", 3))));

        assertThat(service.bodies())
                .containsExactly(
                        """
                        {"index":{"_index":"shop-orders","_id":"o-\\"1"}}
                        {"n":1}
                        {"delete":{"_index":"shop-orders","_id":"o-2"}}
                        {"index":{"_index":"shop-orders","_id":"orders+0+2"}}
                        {"n":3}
                        """);
    }

    @Test
    void reportsTheActionsThatAnIndexRefuses() {
        service.answers(request ->
                new Answer(
                        200,
                        """
                        {"errors":true,"items":[
                          {"index":{"_id":"a","status":201}},
                          {"index":{"_id":"b","status":400,"error":{"type":"mapper_parsing",
                                                                    "reason":"no number"}}},
                          {"delete":{"_id":"c","status":404}}]}
                        """));
        SinkRecord wrong = sinkRecord(1, "b", Map.of("n", "one"));

        task(Map.of("batch.format", "bulk"))
                .put(List.of(sinkRecord(0, "a", Map.of("n", 0)), wrong, sinkRecord(2, "c", null)));

        assertThat(context.reported()).containsOnlyKeys(wrong);
        assertThat(context.reported().get(wrong))
                .hasMessageContaining("orders/0/1")
                .hasMessageContaining("mapper_parsing: no number");
    }

    @Test
    void sendsABulkAgainThatAnIndexHadNoRoomFor() {
        service.answers(request ->
                new Answer(
                        200,
                        "{\"errors\":true,\"items\":[{\"index\":{\"status\":429,"
                                + "\"error\":{\"type\":\"busy\",\"reason\":\"queue\"}}}]}"));

        assertThatThrownBy(() -> task(Map.of("batch.format", "bulk")).put(lamps(0, 1)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("busy: queue");
    }

    @Test
    void failsWhereTheOtherSideIsNoIndex() {
        service.answers(request -> new Answer(200, "<html>"));

        assertThatThrownBy(() -> task(Map.of("batch.format", "bulk")).put(lamps(0, 1)))
                .isExactlyInstanceOf(ConnectException.class)
                .hasMessageContaining("no JSON");
    }

    @Test
    void sendsHeadersAndCredentials() {
        task(Map.of(
                        "http.header.X-Shop",
                        "north",
                        "http.authentication",
                        "basic",
                        "http.user",
                        "alice",
                        "http.password",
                        "sesame"))
                .put(lamps(0, 1));
        task(Map.of("http.authentication", "bearer", "http.token", "t0ken")).put(lamps(0, 1));

        assertThat(service.requests().get(0).header("X-shop")).isEqualTo("north");
        assertThat(service.requests().get(0).header("Authorization"))
                .isEqualTo("Basic YWxpY2U6c2VzYW1l");
        assertThat(service.requests().get(1).header("Authorization")).isEqualTo("Bearer t0ken");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 429, 500, 503})
    void isGivenAgainWhatMayBeTakenLaterAfterAGrowingPause(int status) {
        HttpSinkTask task = task(Map.of("retry.backoff.ms", "100", "retry.backoff.max.ms", "300"));
        service.answers(status);

        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> task.put(lamps(0, 3))).isInstanceOf(RetriableException.class);
            pauses.add(context.timeoutMillis());
        }
        service.answers(200);
        task.put(lamps(0, 3));

        assertThat(pauses).containsExactly(100L, 200L, 300L, 300L);
        assertThat(service.bodies()).last().isEqualTo("[{\"n\":0},{\"n\":1},{\"n\":2}]");
        assertThat(context.reported()).isEmpty();
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        service.answers(request -> new Answer(429, "", Map.of("Retry-After", "7")));

        assertThatThrownBy(() -> task(Map.of()).put(lamps(0, 1)))
                .isInstanceOf(RetriableException.class);

        assertThat(context.timeoutMillis()).isEqualTo(7_000);
    }

    @Test
    void isGivenAgainWhatWasNotAnsweredInTime() {
        HttpSinkTask task = task(Map.of("http.request.timeout.ms", "50", "batch.max.records", "1"));
        service.answers(request -> {
            awaitTimeout();
            return new Answer(200, "");
        });

        assertThatThrownBy(() -> task.put(lamps(0, 1))).isInstanceOf(RetriableException.class);
    }

    @Test
    void sendsNothingTwiceThatWasTaken() {
        HttpSinkTask task = task(Map.of("batch.max.records", "1"));
        service.answers(request -> new Answer(request.body().contains("2") ? 503 : 200, ""));
        assertThatThrownBy(() -> task.put(lamps(0, 4))).isInstanceOf(RetriableException.class);

        service.answers(200);
        task.put(lamps(0, 4));

        assertThat(service.bodies())
                .containsExactly(
                        "[{\"n\":0}]", "[{\"n\":1}]", "[{\"n\":2}]", "[{\"n\":2}]", "[{\"n\":3}]");
    }

    @Test
    void givesUpAfterSoManyRetries() {
        HttpSinkTask task = task(Map.of("retry.max", "1"));
        service.answers(503);
        assertThatThrownBy(() -> task.put(lamps(0, 1))).isInstanceOf(RetriableException.class);

        assertThatThrownBy(() -> task.put(lamps(0, 1)))
                .isExactlyInstanceOf(ConnectException.class)
                .hasMessageContaining("1 retries")
                .hasMessageContaining("503");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 422})
    void findsTheRecordThatIsRefused(int status) {
        service.answers(
                request -> new Answer(request.body().contains("5") ? status : 200, "wrong"));
        List<SinkRecord> records = lamps(0, 8);

        task(Map.of()).put(records);

        assertThat(context.reported()).containsOnlyKeys(records.get(5));
        assertThat(context.reported().get(records.get(5)))
                .hasMessageContaining("orders/0/5")
                .hasMessageContaining(status + " wrong");
        assertThat(service.bodies())
                .contains("[{\"n\":0},{\"n\":1},{\"n\":2},{\"n\":3}]", "[{\"n\":4}]")
                .contains("[{\"n\":6},{\"n\":7}]");
    }

    @Test
    void failsOnARefusedRecordWhereNoneIsTolerated() {
        service.answers(422);

        assertThatThrownBy(() -> task(new TaskContext(false), Map.of()).put(lamps(0, 1)))
                .isExactlyInstanceOf(ConnectException.class)
                .hasMessageContaining("errors.tolerance");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404, 405, 501})
    void failsWhereNoRecordIsToBlame(int status) {
        service.answers(status);

        assertThatThrownBy(() -> task(Map.of()).put(lamps(0, 2)))
                .isExactlyInstanceOf(ConnectException.class)
                .hasMessageContaining(Integer.toString(status));
        assertThat(context.reported()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lamp", "", "{\"n\":1", "{} {}"})
    void reportsTextThatIsNoJsonWithoutRepeatingIt(String value) {
        SinkRecord wrong = sinkRecord(1, "k", value);

        task(Map.of())
                .put(
                        List.of(
                                sinkRecord(0, "k", Map.of("n", 0)),
                                wrong,
                                sinkRecord(2, "k", Map.of("n", 2))));

        assertThat(service.bodies()).containsExactly("[{\"n\":0}]", "[{\"n\":2}]");
        assertThat(context.reported()).containsOnlyKeys(wrong);
        assertThat(context.reported().get(wrong))
                .hasMessageContaining("JSON")
                .hasMessageNotContaining("lamp");
    }

    private static void awaitTimeout() {
        try {
            new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpSinkTask task(Map<String, String> settings) {
        return task(context, settings);
    }

    private HttpSinkTask task(TaskContext taskContext, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("http.url", service.url());
        HttpSinkTask task = new HttpSinkTask();
        task.initialize(taskContext);
        task.start(all);
        started.add(task);
        return task;
    }

    private static List<SinkRecord> lamps(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> sinkRecord(n, "lamp-" + n, Map.of("n", n)))
                .toList();
    }

    private static SinkRecord sinkRecord(
            long offset, @Nullable String key, @Nullable Object value) {
        return new SinkRecord(ORDERS, 0, null, key, null, value, offset);
    }
}
