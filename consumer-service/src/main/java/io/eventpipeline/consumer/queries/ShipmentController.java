package io.eventpipeline.consumer.queries;

import io.eventpipeline.consumer.store.DatabaseReads;
import io.eventpipeline.consumer.tables.ShipmentTable;
import io.eventpipeline.consumer.tables.StoredEvent;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.ShipmentRequested;
import io.eventpipeline.starter.problem.ProblemType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shipments that were requested; lists begin with the one stored last. */
@RestController
final class ShipmentController {

    private final ShipmentTable shipments;
    private final DatabaseReads reads;

    ShipmentController(ShipmentTable shipments, DatabaseReads reads) {
        this.shipments = shipments;
        this.reads = reads;
    }

    @GetMapping("/shipments")
    List<StoredEvent<ShipmentRequested>> list(
            @RequestParam(required = false) @Nullable CustomerId customer,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return reads.read(() -> shipments.findNewest(customer, limit));
    }

    @GetMapping("/shipments/{orderId}")
    StoredEvent<ShipmentRequested> get(@PathVariable OrderId orderId) {
        return reads.read(() -> shipments.findById(orderId))
                .orElseThrow(() ->
                        ProblemType.NOT_FOUND.exception(
                                "No shipment of order " + orderId + " is stored"));
    }
}
