package io.eventpipeline.standalone.traffic;

import io.eventpipeline.model.commerce.AddressChanged;
import io.eventpipeline.model.commerce.CustomerId;
import io.eventpipeline.model.commerce.OrderId;
import io.eventpipeline.model.commerce.OrderPlaced;
import io.eventpipeline.model.commerce.ProductListed;
import io.eventpipeline.model.commerce.Sku;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.random.RandomGenerator;

/** A small shop: what it sells, to whom, and orders as they might come in. */
final class DemoCatalogue {

    private static final Currency EURO = Currency.getInstance("EUR");
    private static final int MOST_PIECES = 4;

    private static final List<ProductListed> PRODUCTS =
            List.of(
                    product("tea-500", "Assam tea, 500 g", "groceries", "9.90"),
                    product("coffee-1000", "Espresso beans, 1 kg", "groceries", "18.50"),
                    product("honey-500", "Forest honey, 500 g", "groceries", "7.40"),
                    product("oil-750", "Olive oil, 750 ml", "groceries", "12.95"),
                    product("kettle-17", "Electric kettle, 1.7 l", "kitchen", "39.90"),
                    product("pan-28", "Cast-iron pan, 28 cm", "kitchen", "54.00"),
                    product("knife-20", "Chef's knife, 20 cm", "kitchen", "69.00"),
                    product("scale-5", "Kitchen scale, 5 kg", "kitchen", "24.90"),
                    product("lamp-e27", "Desk lamp, E27", "home", "45.00"),
                    product("blanket-140", "Wool blanket, 140 × 200 cm", "home", "89.00"),
                    product("candle-3", "Beeswax candles, set of 3", "home", "14.20"),
                    product("drill-18v", "Cordless drill, 18 V", "tools", "129.00"),
                    product("bits-42", "Screwdriver bits, 42 pieces", "tools", "19.95"),
                    product("tent-2p", "Tent for two", "outdoor", "199.00"),
                    product("bottle-750", "Steel bottle, 750 ml", "outdoor", "22.00"),
                    product("headlamp-300", "Headlamp, 300 lm", "outdoor", "34.50"),
                    product("notebook-a5", "Notebook, A5, dotted", "office", "6.80"),
                    product("pen-04", "Gel pen, 0.4 mm", "office", "2.90"));

    private static final List<AddressChanged> ADDRESSES =
            List.of(
                    address("alice", "Lindenstraße 7", "Leipzig", "04109", "DE"),
                    address("bob", "High Street 21", "Bath", "BA1 5AQ", "GB"),
                    address("chiara", "Via Garibaldi 14", "Torino", "10122", "IT"),
                    address("daan", "Oudegracht 112", "Utrecht", "3511 AW", "NL"),
                    address("elif", "Bağdat Caddesi 310", "İstanbul", "34728", "TR"),
                    address("fatou", "Rue Moussé Diop 8", "Dakar", "11000", "SN"),
                    address("goran", "Ilica 45", "Zagreb", "10000", "HR"),
                    address("hanna", "Aleksanterinkatu 17", "Helsinki", "00100", "FI"),
                    address("ines", "Rua Augusta 92", "Lisboa", "1100-053", "PT"),
                    address("jan", "Dlouhá 29", "Praha", "110 00", "CZ"),
                    address("kaito", "Teramachi 512", "Kyoto", "604-8091", "JP"),
                    address("lucie", "Rue de la Paix 3", "Lyon", "69002", "FR"),
                    address("maria", "Calle Mayor 18", "Zaragoza", "50001", "ES"),
                    address("nils", "Storgatan 40", "Umeå", "903 26", "SE"),
                    address("olga", "Chreschtschatyk 22", "Kyiv", "01001", "UA"),
                    address("priya", "MG Road 77", "Bengaluru", "560001", "IN"),
                    address("quinn", "Congress Street 9", "Portland", "04101", "US"),
                    address("rafael", "Rua das Flores 230", "Curitiba", "80010-000", "BR"),
                    address("sophie", "Getreidegasse 31", "Salzburg", "5020", "AT"),
                    address("tomasz", "ulica Długa 5", "Gdańsk", "80-827", "PL"));

    private DemoCatalogue() {}

    static List<ProductListed> products() {
        return PRODUCTS;
    }

    static List<AddressChanged> addresses() {
        return ADDRESSES;
    }

    static OrderPlaced order(String id, RandomGenerator random, Instant placedAt) {
        ProductListed product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
        CustomerId customer = ADDRESSES.get(random.nextInt(ADDRESSES.size())).customer();
        int quantity = 1 + random.nextInt(MOST_PIECES);
        return new OrderPlaced(
                new OrderId(id),
                customer,
                product.sku(),
                quantity,
                product.price().multiply(BigDecimal.valueOf(quantity)),
                EURO,
                placedAt);
    }

    private static ProductListed product(String sku, String name, String category, String price) {
        return new ProductListed(new Sku(sku), name, category, new BigDecimal(price), EURO);
    }

    private static AddressChanged address(
            String customer, String street, String city, String postalCode, String country) {
        return new AddressChanged(new CustomerId(customer), street, city, postalCode, country);
    }
}
