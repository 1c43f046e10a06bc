package io.eventpipeline.streams.queries;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Answers a request that is a question for one key: from here, or, by one hop, from the instance
 * that has the key. Thread-safe.
 */
@Component
final class KeyAnswers {

    private final StoreQueries queries;
    private final OtherInstances others;

    KeyAnswers(StoreQueries queries, OtherInstances others) {
        this.queries = queries;
        this.others = others;
    }

    /**
     * Answers with what was found, as JSON.
     *
     * @param request asks the other instance too, as it is
     * @param absent what to say if there is nothing, for certain; throws a problem or returns an
     *     answer
     * @throws org.springframework.web.ErrorResponseException a problem of type {@code
     *     state-unavailable} if nobody can tell now
     */
    <R, T> ResponseEntity<byte[]> answer(
            HttpServletRequest request, KeyQuestion<R, T> question, Supplier<?> absent) {
        return switch (queries.find(question)) {
            case Lookup.Found<T> found -> json(found.value());
            case Lookup.Absent<T> _ -> json(absent.get());
            case Lookup.Elsewhere<T> elsewhere -> {
                if (OtherInstances.cameFromAnother(request)) {
                    throw ProblemType.STATE_UNAVAILABLE.exception(
                            "The key is being moved to another instance", 1);
                }
                yield others.ask(elsewhere.owner(), request);
            }
            case Lookup.Unavailable<T> unavailable ->
                    throw ProblemType.STATE_UNAVAILABLE.exception(unavailable.reason(), 1);
        };
    }

    private static ResponseEntity<byte[]> json(@Nullable Object answer) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(EventJson.mapper().writeValueAsBytes(answer));
    }
}
