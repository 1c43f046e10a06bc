package io.eventpipeline.streams.steering;

import io.eventpipeline.streams.runtime.StreamsClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /streams/…}: commands to the client of this instance. Answered with 200 when the
 * command is in effect, with 202 if that takes longer than {@code
 * pipeline.streams.steering.patience}.
 */
@RestController
final class SteeringController {

    private final StreamsSteering steering;
    private final StreamsClient client;

    SteeringController(StreamsSteering steering, StreamsClient client) {
        this.steering = steering;
        this.client = client;
    }

    /**
     * What the client is after the command.
     *
     * @param state absent while there is none; a pause holds for the next one
     * @param paused whether an operator paused it
     * @param threads the names of those that work
     */
    record StreamsView(@Nullable String state, boolean paused, List<String> threads) {}

    @PostMapping("/streams/pause")
    ResponseEntity<StreamsView> pause() {
        steering.pause();
        return answer(true);
    }

    @PostMapping("/streams/resume")
    ResponseEntity<StreamsView> resume() {
        steering.resume();
        return answer(true);
    }

    @PostMapping("/streams/threads/add")
    ResponseEntity<StreamsView> addThread() {
        steering.addThread();
        return answer(true);
    }

    @PostMapping("/streams/threads/remove")
    ResponseEntity<StreamsView> removeThread() {
        return answer(steering.removeThread());
    }

    private ResponseEntity<StreamsView> answer(boolean inEffect) {
        return ResponseEntity.status(inEffect ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(
                        new StreamsView(
                                client.current().map(any -> any.state().name()).orElse(null),
                                client.isPaused(),
                                steering.threads()));
    }
}
