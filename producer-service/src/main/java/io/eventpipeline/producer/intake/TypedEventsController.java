package io.eventpipeline.producer.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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
final class TypedEventsController implements DirectDoor.Source {

    private final EventIntake intake;

    TypedEventsController(EventIntake intake) {
        this.intake = intake;
    }

    @Override
    public List<DirectDoor> directDoors() {
        return List.of(
                DirectDoor.at("/orders", this::orders),
                DirectDoor.at("/payments", this::payments),
                DirectDoor.at("/page-views", this::pageViews),
                DirectDoor.at("/positions", this::positions),
                DirectDoor.at("/server-measurements", this::serverMeasurements));
    }

    @PostMapping("/orders")
    ResponseEntity<Object> orders(HttpServletRequest request) {
        return intake.take(request, EventDoors.ORDERS, "/orders");
    }

    @PostMapping("/payments")
    ResponseEntity<Object> payments(HttpServletRequest request) {
        return intake.take(request, EventDoors.PAYMENTS, "/payments");
    }

    @PostMapping("/page-views")
    ResponseEntity<Object> pageViews(HttpServletRequest request) {
        return intake.take(request, EventDoors.PAGE_VIEWS, "/page-views");
    }

    @PostMapping("/positions")
    ResponseEntity<Object> positions(HttpServletRequest request) {
        return intake.take(request, EventDoors.POSITIONS, "/positions");
    }

    @PostMapping("/server-measurements")
    ResponseEntity<Object> serverMeasurements(HttpServletRequest request) {
        return intake.take(request, EventDoors.MEASUREMENTS, "/server-measurements");
    }

    @PutMapping("/customers/{customer}/address")
    ResponseEntity<Object> address(@PathVariable String customer, HttpServletRequest request) {
        PathField path = new PathField("customer", customer);
        return intake.takeNamed(
                request, EventDoors.ADDRESSES, "/customers/" + path.encoded() + "/address", path);
    }

    @PutMapping("/products/{sku}")
    ResponseEntity<Object> product(@PathVariable String sku, HttpServletRequest request) {
        PathField path = new PathField("sku", sku);
        return intake.takeNamed(request, EventDoors.PRODUCTS, "/products/" + path.encoded(), path);
    }
}
