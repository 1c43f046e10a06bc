package io.eventpipeline.streams.runtime;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import org.apache.kafka.streams.GroupProtocol;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of how the topology runs; those of Kafka Streams itself are {@code
 * spring.kafka.streams.*}.
 *
 * @param stateDir the folder of the state stores. It should outlive the process: without it, state
 *     is restored from the changelogs, and the transactions of the dead process have to time out
 *     first
 * @param advertisedHost the name under which other instances reach this one, without port. With the
 *     port it also names this instance in its group (static membership, KIP-345), so two instances
 *     must not share it
 * @param groupProtocol who divides the tasks: {@code classic}, the members, who keep their names
 *     over a restart (static membership) and can have standby replicas; or {@code streams}, the
 *     brokers (KIP-1071), with session and standby replicas as set on the brokers or the group
 * @param rocksdbMemory the most that all state stores together take for block caches, indexes and
 *     write buffers outside the Java heap; not less than 8 MB
 */
@Validated
@ConfigurationProperties("pipeline.streams")
public record StreamsProperties(
        @DefaultValue("data/streams") @NotNull Path stateDir,
        @DefaultValue("localhost")
                @NotBlank
                @Pattern(
                        regexp = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?",
                        message = "must be a host name or an IPv4 address, without port")
                String advertisedHost,
        @DefaultValue("classic") @NotNull GroupProtocol groupProtocol,
        @DefaultValue("48MB") @NotNull DataSize rocksdbMemory) {

    private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(8);

    /**
     * Checks what a constraint cannot.
     *
     * @throws IllegalArgumentException if the memory is too little to work with
     */
    public StreamsProperties {
        if (rocksdbMemory.compareTo(LEAST_MEMORY) < 0) {
            throw new IllegalArgumentException(
                    "pipeline.streams.rocksdb-memory must be at least "
                            + LEAST_MEMORY.toMegabytes()
                            + "MB");
        }
    }
}
