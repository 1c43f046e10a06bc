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
import io.eventpipeline.model.event.Event;
import io.eventpipeline.model.event.EventTypes;
import io.eventpipeline.model.fleet.PositionReported;
import io.eventpipeline.model.ops.ServerMeasured;
import io.eventpipeline.model.web.PageViewed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What senders may send, a line for each type of event. Whichever door an event comes in by, it is
 * checked as its line here says.
 */
public final class EventDoors {

    public static final EventDoor<OrderPlaced> ORDERS =
            EventDoor.timed(ORDER_PLACED, OrderPlaced.class, OrderPlaced::placedAt);
    public static final EventDoor<PaymentCaptured> PAYMENTS =
            EventDoor.timed(PAYMENT_CAPTURED, PaymentCaptured.class, PaymentCaptured::capturedAt);
    public static final EventDoor<PageViewed> PAGE_VIEWS =
            EventDoor.windowed(PAGE_VIEWED, PageViewed.class, PageViewed::viewedAt, "/viewedAt");
    public static final EventDoor<PositionReported> POSITIONS =
            EventDoor.timed(
                    POSITION_REPORTED, PositionReported.class, PositionReported::reportedAt);
    public static final EventDoor<ServerMeasured> MEASUREMENTS =
            EventDoor.timed(SERVER_MEASURED, ServerMeasured.class, ServerMeasured::measuredAt);
    public static final EventDoor<AddressChanged> ADDRESSES =
            EventDoor.untimed(ADDRESS_CHANGED, AddressChanged.class);
    public static final EventDoor<ProductListed> PRODUCTS =
            EventDoor.untimed(PRODUCT_LISTED, ProductListed.class);

    private static final List<EventDoor<?>> ALL =
            List.of(ORDERS, PAYMENTS, PAGE_VIEWS, POSITIONS, MEASUREMENTS, ADDRESSES, PRODUCTS);

    private EventDoors() {}

    /** All of them, in the order of the catalogue's use. */
    public static List<EventDoor<?>> all() {
        return ALL;
    }

    /** What a topic with that type of event takes; empty for a topic without type. */
    public static Optional<EventDoor<?>> ofType(@Nullable Class<? extends Event> type) {
        if (type == null) {
            return Optional.empty();
        }
        return ALL.stream().filter(door -> door.type() == type).findAny();
    }

    /** What takes the events with that CloudEvents type. */
    public static Optional<EventDoor<?>> ofTypeName(String type) {
        return ALL.stream().filter(door -> EventTypes.nameOf(door.type()).equals(type)).findAny();
    }
}
