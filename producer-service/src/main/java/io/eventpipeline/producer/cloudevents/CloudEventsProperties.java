package io.eventpipeline.producer.cloudevents;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The door for CloudEvents.
 *
 * @param webhookOrigins the senders that are told yes when they ask by {@code
 *     WebHook-Request-Origin} whether they may send; {@code *} is everyone. It protects senders
 *     from being pointed at a service that does not expect them, and is no access control
 */
@ConfigurationProperties("pipeline.producer.cloudevents")
public record CloudEventsProperties(@DefaultValue("*") List<String> webhookOrigins) {

    /** Copies the list. */
    public CloudEventsProperties {
        webhookOrigins = List.copyOf(webhookOrigins);
    }
}
