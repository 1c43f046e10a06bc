package io.eventpipeline.producer.intake;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Has receipts written by {@link AnswerWriter}; everything else goes Spring's own way. Thread-safe.
 */
final class AnswerReturnValueHandler implements HandlerMethodReturnValueHandler {

    private final HandlerMethodReturnValueHandler others;
    private final AnswerWriter writer;

    AnswerReturnValueHandler(HandlerMethodReturnValueHandler others, AnswerWriter writer) {
        this.others = others;
        this.writer = writer;
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return ResponseEntity.class.isAssignableFrom(returnType.getParameterType())
                && others.supportsReturnType(returnType);
    }

    @Override
    public void handleReturnValue(
            @Nullable Object returnValue,
            MethodParameter returnType,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws Exception {
        if (returnValue instanceof ResponseEntity<?> answer
                && AnswerWriter.writes(answer.getBody())) {
            container.setRequestHandled(true);
            writer.write(
                    answer,
                    Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
        } else {
            others.handleReturnValue(returnValue, returnType, container, request);
        }
    }
}
