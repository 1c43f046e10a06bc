package io.eventpipeline.consumer.queries;

import io.eventpipeline.consumer.store.DatabaseReads;
import io.eventpipeline.consumer.tables.OrderTable;
import io.eventpipeline.consumer.tables.StoredEvent;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.starter.problem.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Orders that were placed. */
@RestController
final class OrderController {

    private final OrderTable orders;
    private final DatabaseReads reads;

    OrderController(OrderTable orders, DatabaseReads reads) {
        this.orders = orders;
        this.reads = reads;
    }

    @GetMapping("/orders/{orderId}")
    StoredEvent<OrderPlaced> get(@PathVariable OrderId orderId) {
        return reads.read(() -> orders.findById(orderId))
                .orElseThrow(() ->
                        ProblemType.NOT_FOUND.exception("Order " + orderId + " is not stored"));
    }
}
