package io.eventpipeline.producer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.producer.delivery.Receipt;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Which requests take the short way. */
class DirectDoorFilterTests {

    private final DirectDoorFilter filter =
            new DirectDoorFilter(
                    List.of(
                            DirectDoor.at("/parcels", _ -> stored("parcels")),
                            DirectDoor.below(
                                    "/depots/{depot}/parcels", (depot, _) -> stored(depot))),
                    new AnswerWriter(JsonMapper.shared()),
                    (_, _, _, _) -> null);
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/parcels");

    private static ResponseEntity<Object> stored(String topic) {
        return ResponseEntity.ok(new Receipt("p-1", topic, 2, 7, 1_790_000_000_000L));
    }

    @BeforeEach
    void sendJson() {
        request.setServletPath("/parcels");
        request.setContentType("application/json");
    }

    /** The answer; null if the request went on. */
    private @Nullable String answer() throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(request, response, chain);
        return chain.getRequest() == null ? response.getContentAsString() : null;
    }

    private void path(String path) {
        request.setRequestURI(path);
        request.setServletPath(path);
    }

    @Test
    void answersTheUsualRequest() throws Exception {
        assertThat(answer())
                .isEqualTo(
                        "{\"eventId\":\"p-1\",\"topic\":\"parcels\",\"partition\":2,\"offset\":7,"
                                + "\"timestamp\":1790000000000}");
    }

    @Test
    void tellsTheDoorWhatThePathNames() throws Exception {
        path("/depots/north.1/parcels");

        assertThat(answer()).contains("\"topic\":\"north.1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/parcel", "/parcels/", "/depots//parcels", "/depots/a/b/parcels"})
    void letsOtherPathsGoOn(String path) throws Exception {
        path(path);

        assertThat(answer()).isNull();
    }

    @Test
    void letsEncodedPathsGoOn() throws Exception {
        request.setRequestURI("/p%61rcels");

        assertThat(answer()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key", "Prefer"})
    void letsRequestsThatAreKeptGoOn(String header) throws Exception {
        request.addHeader(header, "\"p-1\"");

        assertThat(answer()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "OPTIONS"})
    void letsOtherMethodsGoOn(String method) throws Exception {
        request.setMethod(method);

        assertThat(answer()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-ndjson", "application/json;charset=UTF-8"})
    void letsOtherMediaTypesGoOn(String contentType) throws Exception {
        request.setContentType(contentType);

        assertThat(answer()).isNull();
    }

    @Test
    void letsRequestsWithoutMediaTypeGoOn() throws Exception {
        request.setContentType(null);

        assertThat(answer()).isNull();
    }
}
