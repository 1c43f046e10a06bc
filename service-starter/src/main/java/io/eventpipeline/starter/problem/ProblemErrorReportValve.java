package io.eventpipeline.starter.problem;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Writes Tomcat's own errors, those of requests that are not valid HTTP, as problem details. Tomcat
 * makes it by its class name, so it has a public constructor without parameters.
 */
public final class ProblemErrorReportValve extends ErrorReportValve {

    /** Made by Tomcat. */
    public ProblemErrorReportValve() {}

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AtomicBoolean writable = new AtomicBoolean(false);
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (!writable.get()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.getReporter().write(json(Problems.of(HttpStatusCode.valueOf(status))));
            response.finishResponse();
        } catch (IOException e) {
            // The client is gone: there is nobody to tell.
            container.getLogger().debug("Could not report an error to the client", e);
        }
    }

    /** By hand: a valve has no converters, and all texts are ours and plain. */
    private static String json(ProblemDetail problem) {
        return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"retryable\":false}"
                .formatted(
                        problem.getType(),
                        problem.getTitle(),
                        problem.getStatus(),
                        problem.getDetail());
    }
}
