package io.eventpipeline.consumer.deadletters.triage;

import java.util.Arrays;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Reads states as requests and answers have them. */
@Component
final class LetterStateConverter implements Converter<String, LetterState> {

    @Override
    public LetterState convert(String source) {
        return Arrays.stream(LetterState.values())
                .filter(state -> state.text().equals(source))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No state is called " + source));
    }
}
