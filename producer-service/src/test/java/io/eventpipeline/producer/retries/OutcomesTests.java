package io.eventpipeline.producer.retries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatusCode;

/** Which answers a repeat gets again, and which content may follow the others. */
class OutcomesTests {

    @ParameterizedTest
    @CsvSource({
        "200, true,  true",
        "207, false, true",
        "400, true,  false",
        "401, false, false",
        "403, false, false",
        "404, false, false",
        "408, false, false",
        "409, false, false",
        "413, true,  false",
        "415, true,  false",
        "422, true,  false",
        "429, false, false",
        "500, false, true",
        "503, false, false",
        "504, false, true"
    })
    void holdOrLetTheRequestComeAgain(int status, boolean holds, boolean mayBeWritten) {
        HttpStatusCode code = HttpStatusCode.valueOf(status);

        assertThat(Outcomes.holds(code)).isEqualTo(holds);
        assertThat(Outcomes.mayBeWritten(code)).isEqualTo(mayBeWritten);
    }
}
