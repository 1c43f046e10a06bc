package io.eventpipeline.connect.transforms;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** Schemas that are like others. */
final class Schemas {

    private Schemas() {}

    /** A structure of the same name, without the fields and without the default. */
    static SchemaBuilder copyOf(Schema struct) {
        SchemaBuilder builder =
                SchemaBuilder.struct()
                        .name(struct.name())
                        .version(struct.version())
                        .doc(struct.doc());
        if (struct.parameters() != null) {
            builder.parameters(struct.parameters());
        }
        return struct.isOptional() ? builder.optional() : builder;
    }
}
