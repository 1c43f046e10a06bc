package io.eventpipeline.producer.intake;

import io.eventpipeline.producer.retries.SafeRetries;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Takes the usual request, a {@code POST} of JSON to a {@link DirectDoor}, to its controller's
 * method without Spring MVC, whose way there costs as much as the door. Whatever is unusual about a
 * request goes on to Spring MVC: another method, media type or spelling of the path, and requests
 * that are to be kept for repeats. What a door refuses is told by the handler of exceptions that
 * all controllers have, so both ways give the same answers. The last filter, so that no other is
 * left out. Thread-safe.
 */
final class DirectDoorFilter extends HttpFilter {

    private final transient List<DirectDoor> doors;
    private final transient AnswerWriter writer;
    private final transient HandlerExceptionResolver refusals;

    DirectDoorFilter(
            List<DirectDoor> doors, AnswerWriter writer, HandlerExceptionResolver refusals) {
        this.doors = List.copyOf(doors);
        this.writer = writer;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isUsual(request)) {
            String path = request.getRequestURI();
            for (DirectDoor door : doors) {
                String variable = door.match(path);
                if (variable != null) {
                    enter(door, variable, request, response);
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isUsual(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && MediaType.APPLICATION_JSON_VALUE.equals(request.getContentType())
                // Not so if something in the path is encoded, or the service has a context path.
                && request.getRequestURI().equals(request.getServletPath())
                && !SafeRetries.mayConcern(request);
    }

    private void enter(
            DirectDoor door,
            String variable,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException {
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(observed -> observed.setPathPattern(door.pattern()));
        ResponseEntity<Object> answer;
        try {
            answer = door.answer(variable, request);
            if (!AnswerWriter.writes(answer.getBody())) {
                throw asException(answer);
            }
        } catch (RuntimeException e) {
            if (refusals.resolveException(request, response, null, e) == null) {
                throw e;
            }
            return;
        }
        writer.write(answer, response);
    }

    /** One event that was not stored: the only answer of a door that is no receipt. */
    private static RuntimeException asException(ResponseEntity<Object> answer) {
        if (!(answer.getBody() instanceof ProblemDetail problem)) {
            return new IllegalStateException("No answer of a door: " + answer.getBody());
        }
        ErrorResponseException failure =
                new ErrorResponseException(answer.getStatusCode(), problem, null);
        failure.getHeaders().putAll(answer.getHeaders());
        return failure;
    }
}
