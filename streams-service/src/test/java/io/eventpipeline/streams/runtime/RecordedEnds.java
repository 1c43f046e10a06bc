package io.eventpipeline.streams.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** In a test, the service's wish to end is recorded; the test's JVM must live on. */
@Configuration(proxyBeanMethods = false)
public class RecordedEnds {

    private final List<String> reasons = new CopyOnWriteArrayList<>();

    @Bean
    @Primary
    ServiceEnd recordingEnd() {
        return reasons::add;
    }

    /** Why the service wished to end. */
    public List<String> reasons() {
        return reasons;
    }
}
