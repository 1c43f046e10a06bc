package io.eventpipeline.producer.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * A door for {@code POST} of JSON that {@link DirectDoorFilter} goes to without Spring MVC. It is a
 * method of a controller, which has the same mapping, and takes over whatever is unusual about a
 * request.
 */
public final class DirectDoor {

    private final String pattern;
    private final String before;
    private final String after;
    private final boolean variable;
    private final BiFunction<String, HttpServletRequest, ResponseEntity<Object>> method;

    private DirectDoor(
            String pattern, BiFunction<String, HttpServletRequest, ResponseEntity<Object>> method) {
        int open = pattern.indexOf('{');
        this.pattern = pattern;
        this.variable = open >= 0;
        this.before = variable ? pattern.substring(0, open) : pattern;
        this.after = variable ? pattern.substring(pattern.indexOf('}') + 1) : "";
        this.method = method;
    }

    /** Controllers with such doors. */
    public interface Source {

        /** Their methods that can be called directly. */
        List<DirectDoor> directDoors();
    }

    /** The door of one path. */
    public static DirectDoor at(
            String path, Function<HttpServletRequest, ResponseEntity<Object>> method) {
        return new DirectDoor(path, (_, request) -> method.apply(request));
    }

    /** The door of all paths of a pattern with one variable, which the method is given. */
    public static DirectDoor below(
            String pattern, BiFunction<String, HttpServletRequest, ResponseEntity<Object>> method) {
        return new DirectDoor(pattern, method);
    }

    /** The pattern of its paths, as metrics name it. */
    String pattern() {
        return pattern;
    }

    /** What stands in a path for the variable, if the path is one of its; else null. */
    @Nullable String match(String path) {
        if (!variable) {
            return path.equals(before) ? "" : null;
        }
        int end = path.length() - after.length();
        if (end <= before.length() || !path.startsWith(before) || !path.endsWith(after)) {
            return null;
        }
        String value = path.substring(before.length(), end);
        return value.indexOf('/') < 0 ? value : null;
    }

    ResponseEntity<Object> answer(String variable, HttpServletRequest request) {
        return method.apply(variable, request);
    }
}
