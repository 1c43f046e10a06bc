package io.eventpipeline.starter.settings;

import java.nio.file.Path;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads a folder in the settings as the file system does. Without it Spring first looks for a
 * resource of the web server by that name, and refuses one that begins with {@code ../}.
 */
final class PathConverter implements Converter<String, Path> {

    @Override
    public Path convert(String source) {
        return Path.of(source);
    }
}
