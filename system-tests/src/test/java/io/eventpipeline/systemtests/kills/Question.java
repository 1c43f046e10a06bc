package io.eventpipeline.systemtests.kills;

import io.eventpipeline.model.json.EventJson;
import io.eventpipeline.model.topic.PipelineTopic;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A question over HTTP, and what its answer must at least say. Immutable. */
sealed interface Question permits Question.Address, Question.Total, CountsQuestion {

    /** Who has the answer. */
    Place place();

    /** Path and query. */
    String path();

    /**
     * Judges an answer with status 200 or 404.
     *
     * @return what is wrong with it; null if nothing is
     */
    @Nullable String wrong(Reply reply);

    /** What an answer is older than. */
    static @Nullable String older(Reply reply, long told, long least, long most) {
        if (told >= least && told <= most) {
            return null;
        }
        return told < least
                ? "%d, but %d was known before it was asked (role %s, admitted %s, staleness %s)"
                        .formatted(told, least, reply.role(), reply.admitted(), reply.staleness())
                : "%d, but only %d was sent".formatted(told, most);
    }

    /** Where does a customer live? */
    record Address(CustomerLog customer) implements Question {

        @Override
        public Place place() {
            return new Place(PipelineTopic.ADDRESS_CHANGED, customer.partition());
        }

        @Override
        public String path() {
            return "/customers/%s/address".formatted(customer.customer());
        }

        @Override
        public @Nullable String wrong(Reply reply) {
            long told =
                    reply.isNotFound()
                            ? 0
                            : ShopLedger.version(
                                    EventJson.mapper()
                                            .readTree(reply.body())
                                            .required("street")
                                            .stringValue());
            return older(
                    reply,
                    told,
                    reply.least(customer.addressProcessed, customer.addressStored),
                    customer.addressSent.at(reply.received()));
        }
    }

    /** How much did a customer order? */
    record Total(CustomerLog customer) implements Question {

        @Override
        public Place place() {
            return new Place(PipelineTopic.ORDER_PLACED, customer.partition());
        }

        @Override
        public String path() {
            return "/totals/" + customer.customer();
        }

        @Override
        public @Nullable String wrong(Reply reply) {
            JsonNode total = reply.isNotFound() ? null : EventJson.mapper().readTree(reply.body());
            return older(
                    reply,
                    total == null ? 0 : total.required("orders").longValue(),
                    reply.least(customer.ordersProcessed, customer.ordersStored),
                    customer.ordersSent.at(reply.received()));
        }
    }
}
