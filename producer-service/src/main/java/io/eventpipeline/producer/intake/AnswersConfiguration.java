package io.eventpipeline.producer.intake;

import io.eventpipeline.producer.ratelimits.RateLimitsProperties;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityReturnValueHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ways of requests to the doors and of answers back that are shorter than Spring MVC's:
 * docs/decisions/0014-short-ways.md.
 */
@Configuration(proxyBeanMethods = false)
class AnswersConfiguration {

    @Bean
    AnswerWriter answerWriter(JsonMapper json) {
        return new AnswerWriter(json);
    }

    /** Puts {@link AnswerReturnValueHandler} before Spring's own handler of response entities. */
    @Bean
    SmartInitializingSingleton answersInOnePiece(
            RequestMappingHandlerAdapter adapter, AnswerWriter writer) {
        return () -> {
            List<HandlerMethodReturnValueHandler> handlers =
                    new ArrayList<>(Objects.requireNonNull(adapter.getReturnValueHandlers()));
            handlers.stream()
                    .filter(ResponseEntityReturnValueHandler.class::isInstance)
                    .findFirst()
                    .ifPresent(others ->
                            handlers.addFirst(new AnswerReturnValueHandler(others, writer)));
            adapter.setReturnValueHandlers(handlers);
        };
    }

    /** No door is direct where rates are limited: an interceptor of Spring MVC does that. */
    @Bean
    FilterRegistrationBean<DirectDoorFilter> directDoors(
            List<DirectDoor.Source> controllers,
            RateLimitsProperties limits,
            AnswerWriter writer,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
        List<DirectDoor> doors =
                limits.any()
                        ? List.of()
                        : controllers.stream()
                                .flatMap(source -> source.directDoors().stream())
                                .toList();
        var filter = new FilterRegistrationBean<>(new DirectDoorFilter(doors, writer, refusals));
        filter.setOrder(Ordered.LOWEST_PRECEDENCE);
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        return filter;
    }
}
