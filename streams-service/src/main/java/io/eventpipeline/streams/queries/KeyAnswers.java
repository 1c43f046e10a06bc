package io.eventpipeline.streams.queries;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.streams.queries.Instances.Owners;
import io.eventpipeline.streams.queries.freshness.RestoreProgress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/**
 * Answers a request that is a question for one key: from here, or, by one hop, from the instance
 * that has the key; from a standby if that one cannot answer and the caller accepts it. Headers say
 * who answered, as what, and how old the answer is. Thread-safe.
 */
@Component
final class KeyAnswers {

    private final StoreQueries queries;
    private final Instances instances;
    private final OtherInstances others;

    KeyAnswers(StoreQueries queries, Instances instances, OtherInstances others) {
        this.queries = queries;
        this.instances = instances;
        this.others = others;
    }

    /**
     * Answers with what was found, as JSON.
     *
     * @param request asks other instances too, as it is
     * @param absent what to say if there is nothing, for certain; throws a problem or returns an
     *     answer
     * @throws ErrorResponseException a problem of type {@code state-unavailable} if nobody can tell
     *     now
     */
    <R, T> ResponseEntity<byte[]> answer(
            HttpServletRequest request, KeyQuestion<R, T> question, Supplier<?> absent) {
        Asking asking = Asking.of(request);
        Owners owners = instances.owners(queries.store(question), question.key());
        Supplier<ResponseEntity<byte[]>> here =
                () -> here(question, owners.partition(), asking, absent);
        if (asking.fromInstance()) {
            return here.get();
        }
        if (owners.candidates().isEmpty()) {
            return anybody(request, here);
        }
        List<HostInfo> candidates =
                asking.acceptsStandby() ? owners.candidates() : owners.candidates().subList(0, 1);
        List<ErrorResponseException> refusals = new ArrayList<>();
        for (HostInfo candidate : candidates) {
            try {
                return candidate.equals(instances.self())
                        ? here.get()
                        : others.ask(candidate, request, candidates.size() > 1);
            } catch (ErrorResponseException e) {
                if (!Unavailable.is(e)) {
                    throw e;
                }
                refusals.add(e);
            }
        }
        throw Unavailable.mostTelling(refusals);
    }

    /** While nobody is known to have the key, everybody is asked, once. */
    private ResponseEntity<byte[]> anybody(
            HttpServletRequest request, Supplier<ResponseEntity<byte[]>> here) {
        List<ErrorResponseException> refusals = new ArrayList<>();
        try {
            return here.get();
        } catch (ErrorResponseException e) {
            if (!Unavailable.is(e)) {
                throw e;
            }
            refusals.add(e);
        }
        return others.askAny(instances.others(), request, refusals);
    }

    private <R, T> ResponseEntity<byte[]> here(
            KeyQuestion<R, T> question, int partition, Asking asking, Supplier<?> absent) {
        return switch (queries.find(question, partition, asking)) {
            case Lookup.Found<T>(T value, Origin origin) -> json(value, origin);
            case Lookup.Absent<T>(Origin origin) -> {
                try {
                    yield json(absent.get(), origin);
                } catch (ErrorResponseException e) {
                    origin.writeTo(e.getHeaders(), instances.self());
                    throw e;
                }
            }
            case Lookup.Unavailable<T>(String reason, List<RestoreProgress> restoring) ->
                    throw Unavailable.because(reason, restoring);
        };
    }

    private ResponseEntity<byte[]> json(@Nullable Object answer, Origin origin) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        origin.writeTo(headers, instances.self());
        return ResponseEntity.ok()
                .headers(headers)
                .body(EventJson.mapper().writeValueAsBytes(answer));
    }
}
