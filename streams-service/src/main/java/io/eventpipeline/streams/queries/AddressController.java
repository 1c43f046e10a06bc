package io.eventpipeline.streams.queries;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.starter.problem.ProblemType;
import io.eventpipeline.streams.shipments.ShipmentsTopology;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /customers/{customer}/address}: the newest address of a customer, as the event. */
@RestController
class AddressController {

    private final StoreQueries queries;
    private final OtherInstances others;
    private final String addresses;

    AddressController(StoreQueries queries, OtherInstances others, TopicCatalogue topics) {
        this.queries = queries;
        this.others = others;
        this.addresses = topics.name(PipelineTopic.ADDRESS_CHANGED);
    }

    @GetMapping("/customers/{customer}/address")
    ResponseEntity<byte[]> address(
            @PathVariable String customer,
            @RequestHeader(name = OtherInstances.HOP_HEADER, required = false)
                    @Nullable String hop) {
        String key = valid(customer);
        Lookup<AddressChanged> lookup =
                queries.find(ShipmentsTopology.ADDRESSES_STORE, addresses, key);
        return switch (lookup) {
            case Lookup.Found<AddressChanged> found ->
                    ResponseEntity.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .body(EventJson.write(found.value()));
            case Lookup.Absent<AddressChanged> absent ->
                    throw ProblemType.NOT_FOUND.exception(
                            "No address is known of customer '" + key + "'");
            case Lookup.Elsewhere<AddressChanged> elsewhere -> {
                if (hop != null) {
                    throw ProblemType.STATE_UNAVAILABLE.exception(
                            "The key is being moved to another instance", 1);
                }
                yield others.ask(elsewhere.owner(), "customers", key, "address");
            }
            case Lookup.Unavailable<AddressChanged> unavailable ->
                    throw ProblemType.STATE_UNAVAILABLE.exception(unavailable.reason(), 1);
        };
    }

    private static String valid(String customer) {
        try {
            return new CustomerId(customer).value();
        } catch (IllegalArgumentException e) {
            throw ProblemType.INVALID_PARAMETER.exception("customer " + e.getMessage());
        }
    }
}
