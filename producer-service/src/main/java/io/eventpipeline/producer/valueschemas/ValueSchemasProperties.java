package io.eventpipeline.producer.valueschemas;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What values must look like in topics without event type.
 *
 * @param folder a folder with JSON Schemas, a file {@code <topic>.json} for each topic whose values
 *     are checked; parts that several share lie in folders below it and are referred to by relative
 *     {@code $ref}. Read at start; a file that is no schema, or is named after a topic that cannot
 *     be sent to or has an event type, stops the start. Without it no value is checked
 */
@ConfigurationProperties("pipeline.producer.schemas")
public record ValueSchemasProperties(@Nullable Path folder) {

    static final String FOLDER = "pipeline.producer.schemas.folder";
}
