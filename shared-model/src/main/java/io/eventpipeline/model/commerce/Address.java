package io.eventpipeline.model.commerce;

import jakarta.validation.constraints.NotBlank;

/**
 * Where a shipment goes: the part of {@link AddressChanged} that was in force when the order was
 * joined.
 *
 * @param street street and house number
 * @param city the city
 * @param postalCode as the country writes it
 * @param country ISO 3166-1 alpha-2 code
 */
public record Address(
        @NotBlank String street,
        @NotBlank String city,
        @NotBlank String postalCode,
        @NotBlank String country) {}
