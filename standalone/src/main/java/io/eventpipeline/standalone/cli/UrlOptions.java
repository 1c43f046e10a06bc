package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.traffic.PipelineUrls;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the services of a pipeline answer, be it standalone or docker-compose. */
final class UrlOptions {

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description =
                    "the host with the services on their usual ports; ${DEFAULT-VALUE} if not"
                            + " given")
    private String host = "localhost";

    @Option(
            names = "--producer",
            paramLabel = "URL",
            description = "producer-service, if elsewhere")
    private @Nullable URI producer;

    @Option(
            names = "--consumer",
            paramLabel = "URL",
            description = "consumer-service, if elsewhere")
    private @Nullable URI consumer;

    @Option(names = "--streams", paramLabel = "URL", description = "streams-service, if elsewhere")
    private @Nullable URI streams;

    @Option(names = "--connect", paramLabel = "URL", description = "Connect's REST, if elsewhere")
    private @Nullable URI connect;

    @Option(
            names = "--connect-actuator",
            paramLabel = "URL",
            description = "connect-service's health, if elsewhere")
    private @Nullable URI connectActuator;

    PipelineUrls urls() {
        PipelineUrls usual = PipelineUrls.on(host);
        return new PipelineUrls(
                producer == null ? usual.producer() : producer,
                consumer == null ? usual.consumer() : consumer,
                streams == null ? usual.streams() : streams,
                connect == null ? usual.connect() : connect,
                connectActuator == null ? usual.connectActuator() : connectActuator);
    }
}
