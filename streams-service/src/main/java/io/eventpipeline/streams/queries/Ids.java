package io.eventpipeline.streams.queries;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.Sku;
import io.eventpipeline.starter.problem.ProblemType;
import java.util.function.Function;

/** Reads ids of requests. What cannot be one is a problem of type {@code invalid-parameter}. */
final class Ids {

    private Ids() {}

    static CustomerId customer(String text) {
        return read("customer", text, CustomerId::new);
    }

    static Sku sku(String text) {
        return read("sku", text, Sku::new);
    }

    private static <T> T read(String name, String text, Function<String, T> constructor) {
        try {
            return constructor.apply(text);
        } catch (IllegalArgumentException e) {
            throw ProblemType.INVALID_PARAMETER.exception(name + " " + e.getMessage());
        }
    }
}
