package io.eventpipeline.standalone.cli;

import io.eventpipeline.standalone.instance.Ports;

/** What {@code ./pipeline up} says at its end: where everything is, and what to try. */
final class Welcome {

    private Welcome() {}

    static String text(Ports ports) {
        return """

        Kafka            localhost:%1$d
        PostgreSQL       localhost:%2$d, database, user and password: pipeline
        send events      http://localhost:%3$d
        read rows        http://localhost:%4$d/shipments
        stream state     http://localhost:%6$d
        Kafka Connect    http://localhost:%5$d/connectors
        health           http://localhost:%3$d/actuator/health, also on %4$d, %6$d and %7$d

        Try these three:
          curl -X PUT -H 'Content-Type: application/json' http://localhost:%3$d/customers/alice/address -d '{"street":"Lindenplatz 7","city":"Leipzig","postalCode":"04109","country":"DE"}'
          curl -X PUT -H 'Content-Type: application/json' http://localhost:%3$d/products/tea-500 -d '{"name":"Assam tea, 500 g","category":"groceries","price":9.90,"currency":"EUR"}'
          curl -H 'Content-Type: application/json' http://localhost:%3$d/orders -d '{"orderId":"o-1001","customer":"alice","sku":"tea-500","quantity":2,"amount":19.80,"currency":"EUR","placedAt":"2026-11-01T12:00:00Z"}' && sleep 2 && curl http://localhost:%4$d/shipments/o-1001

        ./pipeline demo sends more of them, ./pipeline smoke checks all; ./pipeline down (or Ctrl-C where it runs) stops it.\
        """
                .formatted(
                        ports.kafka(),
                        ports.postgresql(),
                        ports.producer(),
                        ports.consumer(),
                        ports.connect(),
                        ports.streams(),
                        ports.connectActuator());
    }
}
