package io.eventpipeline.producer.intake;

import static io.eventpipeline.model.topic.PipelineTopic.ADDRESS_CHANGED;
import static io.eventpipeline.model.topic.PipelineTopic.ORDER_PLACED;
import static io.eventpipeline.model.topic.PipelineTopic.PAGE_VIEWED;
import static io.eventpipeline.model.topic.PipelineTopic.PAYMENT_CAPTURED;
import static io.eventpipeline.model.topic.PipelineTopic.POSITION_REPORTED;
import static io.eventpipeline.model.topic.PipelineTopic.PRODUCT_LISTED;
import static io.eventpipeline.model.topic.PipelineTopic.SERVER_MEASURED;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.PaymentCaptured;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.fleet.PositionReported;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.web.PageViewed;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The typed endpoints, a line each: one event of a known type, or for {@code POST} a JSON array of
 * them, checked field by field. Answers with receipts; see {@link EventIntake}.
 */
@RestController
@RequestMapping(consumes = {"application/json", "application/*+json"})
final class TypedEventsController {

    private static final EventDoor<OrderPlaced> ORDERS =
            EventDoor.timed(ORDER_PLACED, OrderPlaced.class, OrderPlaced::placedAt);
    private static final EventDoor<PaymentCaptured> PAYMENTS =
            EventDoor.timed(PAYMENT_CAPTURED, PaymentCaptured.class, PaymentCaptured::capturedAt);
    private static final EventDoor<PageViewed> PAGE_VIEWS =
            EventDoor.windowed(PAGE_VIEWED, PageViewed.class, PageViewed::viewedAt, "/viewedAt");
    private static final EventDoor<PositionReported> POSITIONS =
            EventDoor.timed(
                    POSITION_REPORTED, PositionReported.class, PositionReported::reportedAt);
    private static final EventDoor<ServerMeasured> MEASUREMENTS =
            EventDoor.timed(SERVER_MEASURED, ServerMeasured.class, ServerMeasured::measuredAt);
    private static final EventDoor<AddressChanged> ADDRESSES =
            EventDoor.untimed(ADDRESS_CHANGED, AddressChanged.class);
    private static final EventDoor<ProductListed> PRODUCTS =
            EventDoor.untimed(PRODUCT_LISTED, ProductListed.class);

    private final EventIntake intake;

    TypedEventsController(EventIntake intake) {
        this.intake = intake;
    }

    @PostMapping("/orders")
    ResponseEntity<Object> orders(HttpServletRequest request) {
        return intake.take(request, ORDERS, "/orders");
    }

    @PostMapping("/payments")
    ResponseEntity<Object> payments(HttpServletRequest request) {
        return intake.take(request, PAYMENTS, "/payments");
    }

    @PostMapping("/page-views")
    ResponseEntity<Object> pageViews(HttpServletRequest request) {
        return intake.take(request, PAGE_VIEWS, "/page-views");
    }

    @PostMapping("/positions")
    ResponseEntity<Object> positions(HttpServletRequest request) {
        return intake.take(request, POSITIONS, "/positions");
    }

    @PostMapping("/server-measurements")
    ResponseEntity<Object> serverMeasurements(HttpServletRequest request) {
        return intake.take(request, MEASUREMENTS, "/server-measurements");
    }

    @PutMapping("/customers/{customer}/address")
    ResponseEntity<Object> address(@PathVariable String customer, HttpServletRequest request) {
        PathField path = new PathField("customer", customer);
        return intake.takeNamed(
                request, ADDRESSES, "/customers/" + path.encoded() + "/address", path);
    }

    @PutMapping("/products/{sku}")
    ResponseEntity<Object> product(@PathVariable String sku, HttpServletRequest request) {
        PathField path = new PathField("sku", sku);
        return intake.takeNamed(request, PRODUCTS, "/products/" + path.encoded(), path);
    }
}
