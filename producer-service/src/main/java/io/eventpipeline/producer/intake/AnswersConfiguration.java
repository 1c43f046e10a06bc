package io.eventpipeline.producer.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityReturnValueHandler;
import tools.jackson.databind.json.JsonMapper;

/** Puts {@link AnswerReturnValueHandler} before Spring's own handler of response entities. */
@Configuration(proxyBeanMethods = false)
class AnswersConfiguration {

    @Bean
    SmartInitializingSingleton answersInOnePiece(
            RequestMappingHandlerAdapter adapter, JsonMapper json) {
        return () -> {
            List<HandlerMethodReturnValueHandler> handlers =
                    new ArrayList<>(Objects.requireNonNull(adapter.getReturnValueHandlers()));
            handlers.stream()
                    .filter(ResponseEntityReturnValueHandler.class::isInstance)
                    .findFirst()
                    .ifPresent(others ->
                            handlers.addFirst(new AnswerReturnValueHandler(others, json)));
            adapter.setReturnValueHandlers(handlers);
        };
    }
}
