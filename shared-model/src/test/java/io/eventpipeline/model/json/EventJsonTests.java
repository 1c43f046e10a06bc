package io.eventpipeline.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.model.ops.ServerMeasured;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTests {

    private static final String ORDER =
            """
            {"orderId":"o-1","customer":"alice","sku":"tea","quantity":2,"amount":19.80,\
            "currency":"EUR","placedAt":"2026-11-01T12:00:00Z"}\
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "\"quantity\":2~\"quantity\":\"2\"~/quantity~must be a whole number below"
                        + " 2147483648",
                "\"quantity\":2~\"quantity\":2.5~/quantity~must be a whole number below 2147483648",
                "\"quantity\":2~\"quantity\":3000000000~/quantity~must be a whole number below"
                        + " 2147483648",
                "\"quantity\":2~\"quantity\":0~/quantity~must be greater than 0",
                "\"quantity\":2~\"quantity\":{}~/quantity~must be a whole number below 2147483648",
                "\"amount\":19.80~\"amount\":\"19.80\"~/amount~must be a number",
                "\"amount\":19.80~\"amount\":-1~/amount~must be greater than or equal to 0",
                "\"currency\":\"EUR\"~\"currency\":\"Euro\"~/currency~must be an ISO 4217 currency"
                        + " code such as EUR",
                "\"placedAt\":\"2026-11-01T12:00:00Z\"~\"placedAt\":\"yesterday\"~/placedAt~must be"
                        + " an ISO-8601 instant such as 2026-11-01T12:00:00Z",
                "\"placedAt\":\"2026-11-01T12:00:00Z\"~\"placedAt\":1762000000~/placedAt~must be an"
                        + " ISO-8601 instant such as 2026-11-01T12:00:00Z",
                "\"placedAt\":\"2026-11-01T12:00:00Z\"~\"placedAt\":\"1762000000\"~/placedAt~must"
                        + " be an ISO-8601 instant such as 2026-11-01T12:00:00Z",
                "\"customer\":\"alice\"~\"customer\":\" \"~/customer~must not be blank",
                "\"customer\":\"alice\"~\"customer\":7~/customer~must be a string",
                "\"customer\":\"alice\"~\"customer\":[\"alice\"]~/customer~must be a string",
                "\"customer\":\"alice\"~\"customer\":{\"value\":\"alice\"}~/customer~must be a"
                        + " string",
                "\"customer\":\"alice\"~\"customer\":null~/customer~is required",
                "\"sku\":\"tea\"~\"sku\":\"tea\",\"colour\":\"green\"~/colour~unknown field",
            })
    void refusesAFieldWithItsPointerAndAReason(
            String good, String bad, String pointer, String reason) {
        assertThat(ORDER).contains(good);
        assertThat(violationsOf(ORDER.replace(good, bad)))
                .containsExactly(new Violation(pointer, reason));
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        assertThat(
                        violationsOf(
                                """
                                {"orderId":"o-1","customer":"","quantity":0,"amount":true,\
                                "currency":"EUR","placedAt":"2026-11-01T12:00:00Z","typo":1}\
                                """))
                .containsExactly(
                        new Violation("/customer", "must not be blank"),
                        new Violation("/sku", "is required"),
                        new Violation("/quantity", "must be greater than 0"),
                        new Violation("/amount", "must be a number"),
                        new Violation("/typo", "unknown field"));
    }

    @Test
    void pointsIntoNestedParts() {
        InvalidEventException refused =
                catchThrowableOfType(
                        InvalidEventException.class,
                        () ->
                                EventJson.readStrictly(
                                        (ORDER.substring(0, ORDER.length() - 1)
                                                        + ",\"address\":{\"street\":\"\",\"city\":\"Köln\",\"country\":\"DE\"}}")
                                                .getBytes(UTF_8),
                                        ShipmentRequested.class));

        assertThat(refused.violations())
                .containsExactly(
                        new Violation("/address/street", "must not be blank"),
                        new Violation("/address/postalCode", "is required"),
                        new Violation("/product", "is required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"order\"", "null", "true"})
    void refusesWhatIsNoObject(String json) {
        assertThat(violationsOf(json)).containsExactly(new Violation("", "must be a JSON object"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{\"orderId\":}", "nonsense", "{}{}", "{\"a\":1,\"a\":2}"})
    void refusesWhatIsNotOneJsonValue(String json) {
        assertThatThrownBy(() -> EventJson.readStrictly(json.getBytes(UTF_8), OrderPlaced.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] latin1 =
                ORDER.replace("alice", "Zoë")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> EventJson.readStrictly(latin1, OrderPlaced.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void keepsTheDigitsOfMoney() {
        OrderPlaced order = EventJson.readStrictly(ORDER.getBytes(UTF_8), OrderPlaced.class);

        assertThat(order.amount()).isEqualTo(new BigDecimal("19.80"));
        assertThat(new String(EventJson.write(order), UTF_8)).isEqualTo(ORDER);
    }

    @Test
    void refusesAnAmountWithAHugeExponentWithoutWritingItOut() {
        assertThat(violationsOf(ORDER.replace("19.80", "1e999999999")))
                .extracting(Violation::pointer)
                .containsExactly("/amount");
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThatThrownBy(() ->
                        EventJson.readStrictly(
                                "{\"host\":\"web-1\",\"cpuLoad\":NaN}".getBytes(UTF_8),
                                ServerMeasured.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void acceptsAnInstantWithAnOffset() {
        OrderPlaced order =
                EventJson.readStrictly(
                        ORDER.replace("12:00:00Z", "13:00:00+01:00").getBytes(UTF_8),
                        OrderPlaced.class);

        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-01T12:00:00Z"));
    }

    @Test
    void doesNotWriteAnEventThatBreaksAConstraint() {
        OrderPlaced order =
                new OrderPlaced(
                        new OrderId("o-1"),
                        new CustomerId("alice"),
                        new Sku("tea"),
                        0,
                        BigDecimal.ONE,
                        Currency.getInstance("EUR"),
                        Instant.EPOCH);

        assertThatThrownBy(() -> EventJson.write(order))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("io.eventpipeline.order.placed.v1")
                .hasMessageContaining("/quantity");
    }

    private static List<Violation> violationsOf(String json) {
        return catchThrowableOfType(
                        InvalidEventException.class,
                        () -> EventJson.readStrictly(json.getBytes(UTF_8), OrderPlaced.class))
                .violations();
    }
}
