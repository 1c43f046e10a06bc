package io.eventpipeline.starter.problem;

import io.eventpipeline.model.event.Identifier;
import io.eventpipeline.model.json.InvalidEventException;
import io.eventpipeline.model.json.MalformedJsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns every exception that leaves a controller into a problem of {@link ProblemType}. Stateless.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemExceptionHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

    private record ParameterError(String parameter, String detail) {}

    @ExceptionHandler
    ResponseEntity<Object> handleInvalidEvent(InvalidEventException e) {
        return answer(Problems.of(e), new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> handleMalformedJson(MalformedJsonException e) {
        return answer(
                ProblemType.MALFORMED_BODY.detail(String.valueOf(e.getMessage())),
                new HttpHeaders());
    }

    @ExceptionHandler
    ResponseEntity<Object> handleAnythingElse(Exception e) {
        log.error("A request failed", e);
        return answer(
                ProblemType.INTERNAL.detail("The service failed; its log has the cause"),
                new HttpHeaders());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String name =
                e instanceof MethodArgumentTypeMismatchException mismatch
                        ? mismatch.getName()
                        : String.valueOf(e.getPropertyName());
        // Typed ids say what is wrong with the value; other types would only show their Java names.
        Class<?> required = e.getRequiredType();
        String reason =
                required != null && Identifier.class.isAssignableFrom(required)
                        ? String.valueOf(e.getMostSpecificCause().getMessage())
                        : "has a value that cannot be read";
        return answer(parameter(name, reason), headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(parameter(e.getParameterName(), "is required"), headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail problem =
                ProblemType.INVALID_PARAMETER.detail("A parameter is out of its bounds");
        problem.setProperty(
                "errors",
                e.getParameterValidationResults().stream()
                        .flatMap(result ->
                                result.getResolvableErrors().stream()
                                        .map(error ->
                                                new ParameterError(
                                                        String.valueOf(
                                                                result.getMethodParameter()
                                                                        .getParameterName()),
                                                        String.valueOf(error.getDefaultMessage()))))
                        .toList());
        return answer(problem, headers);
    }

    /** In words of HTTP; Spring's own speak of static resources. */
    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                ProblemType.UNKNOWN_PATH.detail("There is nothing at /" + e.getResourcePath()),
                headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(ProblemType.MALFORMED_BODY.detail("The body cannot be read"), headers);
    }

    /** Gives Spring's own problems a type of ours, and leaves those that have one. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (body == null && e instanceof ErrorResponse response) {
            body = response.getBody();
        }
        return answer(
                body instanceof ProblemDetail given ? Problems.typed(given) : Problems.of(status),
                headers);
    }

    private static ProblemDetail parameter(String name, String reason) {
        ProblemDetail problem =
                ProblemType.INVALID_PARAMETER.detail("Parameter '" + name + "' " + reason);
        problem.setProperty("errors", List.of(new ParameterError(name, reason)));
        return problem;
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
