package io.eventpipeline.starter.problem;

import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.Violation;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Makes problems of what services, Spring and the container found. */
public final class Problems {

    private static final URI UNTYPED = URI.create("about:blank");

    private Problems() {}

    private record BodyError(String pointer, String detail) {}

    /**
     * The problem of a refused event; each violation has a pointer into the body as a URI fragment.
     */
    public static ProblemDetail of(InvalidEventException e) {
        return ofViolations(e.violations());
    }

    /** The problem of a refused body with all that is wrong with it. */
    public static ProblemDetail ofViolations(List<Violation> violations) {
        ProblemDetail problem =
                ProblemType.INVALID_EVENT.detail(
                        violations.size() == 1
                                ? "One thing is wrong with the body"
                                : violations.size() + " things are wrong with the body");
        problem.setProperty(
                "errors",
                violations.stream()
                        .map(v -> new BodyError("#" + v.pointer(), v.detail()))
                        .toList());
        return problem;
    }

    static ProblemDetail of(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        ProblemDetail problem =
                ProblemType.of(status)
                        .detail(known == null ? "HTTP status " + status : known.getReasonPhrase());
        // The container may choose a status that is not the type's own, such as 431.
        problem.setStatus(status.value());
        return problem;
    }

    /** Gives a problem that Spring made the type that stands for its status. */
    static ProblemDetail typed(ProblemDetail problem) {
        URI type = problem.getType();
        if (type != null && !UNTYPED.equals(type)) {
            return problem;
        }
        ProblemDetail typed = of(HttpStatusCode.valueOf(problem.getStatus()));
        if (problem.getDetail() != null) {
            typed.setDetail(problem.getDetail());
        }
        return typed;
    }
}
