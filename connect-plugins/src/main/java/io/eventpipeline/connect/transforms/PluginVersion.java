package io.eventpipeline.connect.transforms;

import java.util.Optional;

/** The version of the plugin as its jar's manifest states it, which Kafka Connect shows. */
final class PluginVersion {

    /** {@code development} where the classes were not read from a jar. */
    static final String VERSION =
            Optional.ofNullable(PluginVersion.class.getPackage().getImplementationVersion())
                    .orElse("development");

    private PluginVersion() {}
}
