package io.eventpipeline.systemtests.kills;

import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known about all customers and pages. Ids tell which they are, and addresses and orders
 * their number. Thread-safe.
 */
final class ShopLedger {

    private static final Pattern ORDER = Pattern.compile("(customer-\\d+)-order-(\\d+)");
    private static final Pattern STREET = Pattern.compile("Station Road (\\d+)");
    private static final int NONE = -1;

    private final List<CustomerLog> customers;
    private final Map<String, CustomerLog> customersById;
    private final List<PageLog> pages;
    private final Map<String, PageLog> pagesByName;

    ShopLedger(List<CustomerId> customers, int pages) {
        this.customers = customers.stream().map(CustomerLog::new).toList();
        customersById =
                this.customers.stream()
                        .collect(
                                Collectors.toMap(
                                        log -> log.customer().value(), Function.identity()));
        this.pages =
                IntStream.rangeClosed(1, pages)
                        .mapToObj(number -> new PageLog("page-%02d".formatted(number)))
                        .toList();
        pagesByName =
                this.pages.stream().collect(Collectors.toMap(PageLog::page, Function.identity()));
    }

    List<CustomerLog> customers() {
        return customers;
    }

    List<PageLog> pages() {
        return pages;
    }

    Map<String, CustomerLog> customersById() {
        return customersById;
    }

    Map<String, PageLog> pagesByName() {
        return pagesByName;
    }

    /** The number of a customer's order, from 1; -1 if nobody sent it. */
    static int sequence(OrderId order) {
        Matcher matcher = ORDER.matcher(order.value());
        return matcher.matches() ? Integer.parseInt(matcher.group(2)) : NONE;
    }

    static String street(long version) {
        return "Station Road " + version;
    }

    /** Which version of an address this is, from 1; -1 if nobody sent it. */
    static long version(String street) {
        Matcher matcher = STREET.matcher(street);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : NONE;
    }
}
