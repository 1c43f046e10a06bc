package io.eventpipeline.model.json;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** The Bean Validation constraints on event records, reported with JSON pointers. Thread-safe. */
final class EventConstraints {

    private static final Validator VALIDATOR =
            Validation.byDefaultProvider()
                    .configure()
                    // The plain interpolator needs no expression language on the class path.
                    .messageInterpolator(new ParameterMessageInterpolator())
                    .buildValidatorFactory()
                    .getValidator();

    private EventConstraints() {}

    static List<Violation> check(Object event) {
        return violations(VALIDATOR.validate(event), event.getClass());
    }

    static List<Violation> checkComponent(Class<?> type, String component, Object value) {
        return violations(VALIDATOR.validateValue(type, component, value), type);
    }

    private static <T> List<Violation> violations(
            Set<ConstraintViolation<T>> violations, Class<?> type) {
        if (violations.isEmpty()) {
            return List.of();
        }
        return violations.stream()
                .map(v -> new Violation(pointer(v.getPropertyPath(), type), v.getMessage()))
                .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::detail))
                .toList();
    }

    private static String pointer(Path path, Class<?> type) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            pointer.append('/').append(EventFields.jsonName(type, node.getName()));
        }
        return pointer.toString();
    }
}
