package io.eventpipeline.producer.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

/** What does not fit is refused at once, and what ends makes room. */
class InFlightLimitTests {

    private final InFlightLimit limit = new InFlightLimit(2, 100);

    @Test
    void refusesTheRequestThatIsOneTooMany() {
        try (InFlightLimit.Share first = limit.enter();
                InFlightLimit.Share second = limit.enter()) {
            assertThat(first).isNotSameAs(second);
            assertThatExceptionOfType(ErrorResponseException.class)
                    .isThrownBy(limit::enter)
                    .satisfies(e -> assertThat(e.getStatusCode().value()).isEqualTo(503))
                    .satisfies(
                            e -> assertThat(e.getHeaders().getFirst("Retry-After")).isEqualTo("1"));
        }
        limit.enter().close();
    }

    @Test
    void refusesTheBytesThatAreTooManyAndForgetsThemAtTheEnd() {
        try (InFlightLimit.Share first = limit.enter();
                InFlightLimit.Share second = limit.enter()) {
            first.take(60);
            assertThatExceptionOfType(ErrorResponseException.class)
                    .isThrownBy(() -> second.take(41));
            second.take(40);
        }
        try (InFlightLimit.Share alone = limit.enter()) {
            alone.take(100);
        }
    }
}
