package io.eventpipeline.consumer.steering;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows and steers the listeners of this instance. A command is answered with the listener as it is
 * then: 200 if the command is in effect, 202 if the batch in hand takes longer.
 */
@RestController
final class ListenerController {

    private final Listeners listeners;
    private final ListenerSteering steering;

    ListenerController(Listeners listeners, ListenerSteering steering) {
        this.listeners = listeners;
        this.steering = steering;
    }

    @GetMapping("/listeners")
    List<ListenerView> list() {
        return listeners.all();
    }

    @GetMapping("/listeners/{id}")
    ListenerView get(@PathVariable String id) {
        return listeners.view(listeners.container(id));
    }

    @PostMapping("/listeners/{id}/pause")
    ResponseEntity<ListenerView> pause(@PathVariable String id) {
        MessageListenerContainer listener = listeners.container(id);
        return answer(listener, steering.pause(listener));
    }

    @PostMapping("/listeners/{id}/resume")
    ResponseEntity<ListenerView> resume(@PathVariable String id) {
        MessageListenerContainer listener = listeners.container(id);
        return answer(listener, steering.resume(listener));
    }

    @PostMapping("/listeners/{id}/stop")
    ResponseEntity<ListenerView> stop(@PathVariable String id) {
        MessageListenerContainer listener = listeners.container(id);
        return answer(listener, steering.stop(listener));
    }

    @PostMapping("/listeners/{id}/start")
    ResponseEntity<ListenerView> start(@PathVariable String id) {
        MessageListenerContainer listener = listeners.container(id);
        return answer(listener, steering.start(listener));
    }

    private ResponseEntity<ListenerView> answer(
            MessageListenerContainer listener, boolean inEffect) {
        return ResponseEntity.status(inEffect ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(listeners.view(listener));
    }
}
