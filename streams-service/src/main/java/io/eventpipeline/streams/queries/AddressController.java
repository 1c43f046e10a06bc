package io.eventpipeline.streams.queries;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.shipments.ShipmentsTopology;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.kafka.streams.query.KeyQuery;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /customers/{customer}/address}: the newest address of a customer, as the event. */
@RestController
class AddressController {

    private final KeyAnswers answers;

    AddressController(KeyAnswers answers) {
        this.answers = answers;
    }

    @GetMapping("/customers/{customer}/address")
    ResponseEntity<byte[]> address(@PathVariable String customer, HttpServletRequest request) {
        String key = Parameters.customer(customer).value();
        return answers.answer(
                request,
                new KeyQuestion<>(
                        ShipmentsTopology.ADDRESSES_STORE,
                        PipelineTopic.ADDRESS_CHANGED,
                        key,
                        KeyQuery.<String, AddressChanged>withKey(key),
                        null,
                        (address, before) -> address),
                () -> {
                    throw ProblemType.NOT_FOUND.exception(
                            "No address is known of customer '" + key + "'");
                });
    }
}
