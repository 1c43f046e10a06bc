package io.eventpipeline.model.commerce;

import io.eventpipeline.model.event.EventType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A customer's address is now this one. Written by producer-service, keyed by customer, to a
 * compacted topic: the newest record of a customer is the address. Read by the shipments topology
 * as a table.
 *
 * @param customer whose address, the record key
 * @param street street and house number
 * @param city the city
 * @param postalCode as the country writes it
 * @param country ISO 3166-1 alpha-2 code
 */
@EventType("io.eventpipeline.address.changed.v1")
public record AddressChanged(
        @NotNull CustomerId customer,
        @NotBlank @Size(max = 200) String street,
        @NotBlank @Size(max = 100) String city,
        @NotBlank @Size(max = 20) String postalCode,
        @NotNull
                @Pattern(
                        regexp = "[A-Z]{2}",
                        message = "must be an ISO 3166-1 alpha-2 code such as DE")
                String country)
        implements CommerceEvent {

    @Override
    public String key() {
        return customer.value();
    }

    /** The address without its customer, as a shipment carries it. */
    public Address address() {
        return new Address(street, city, postalCode, country);
    }
}
