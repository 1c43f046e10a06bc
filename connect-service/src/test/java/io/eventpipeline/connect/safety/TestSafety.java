package io.eventpipeline.connect.safety;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

/** The settings of safety as they are where nobody sets them. */
final class TestSafety {

    private TestSafety() {}

    static SafetyProperties defaults() {
        return Binder.get(new MockEnvironment())
                .bindOrCreate("pipeline.connect.safety", SafetyProperties.class);
    }
}
