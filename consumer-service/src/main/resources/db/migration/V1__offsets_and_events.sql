-- Where each group resumes. The row is moved in the transaction that writes the rows of the batch, by compare-and-set on
-- next_offset, so it is the truth; what Kafka holds for the group follows it and serves monitors only.
-- In every row: next_offset - (where the group began) = rows_stored + repeats_dropped + dead_lettered + offsets without a
-- record for readers (transaction markers, records of aborted transactions, compacted ones).
CREATE TABLE consumer_offset (
    group_id        text        NOT NULL,
    topic           text        NOT NULL,
    topic_id        uuid        NOT NULL,             -- Kafka's own id: a topic that was made again has another one
    partition       integer     NOT NULL,
    next_offset     bigint      NOT NULL CHECK (next_offset >= 0),
    rows_stored     bigint      NOT NULL DEFAULT 0,   -- records that became a row
    repeats_dropped bigint      NOT NULL DEFAULT 0,   -- records whose event was already stored with equal content
    dead_lettered   bigint      NOT NULL DEFAULT 0,   -- records that went to the dead-letter topic
    owner           text        NOT NULL,             -- client id of the member that moved it last
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (group_id, topic_id, partition)
) WITH (fillfactor = 50);                             -- room for updates within the page: the row changes with every batch

-- The tables of events have these columns in common:
--   event_source, event_id            the event's identity (CloudEvents source and id)
--   source_partition, source_offset   the record that became the row
--   stored_seq                        grows in the order of storing, so also in the order of each key
--   ..._nanos                         the nanoseconds below the microsecond, which timestamptz has no room for

CREATE TABLE orders (
    order_id         text        PRIMARY KEY,
    customer         text        NOT NULL,
    sku              text        NOT NULL,
    quantity         integer     NOT NULL,
    amount           numeric     NOT NULL,
    currency         text        NOT NULL,
    placed_at        timestamptz NOT NULL,
    placed_at_nanos  smallint    NOT NULL,
    event_source     text        NOT NULL,
    event_id         text        NOT NULL,
    source_partition integer     NOT NULL,
    source_offset    bigint      NOT NULL,
    stored_seq       bigint      GENERATED ALWAYS AS IDENTITY,
    stored_at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (event_source, event_id)
);

CREATE TABLE payments (
    payment_id        text        PRIMARY KEY,
    order_id          text        NOT NULL,
    customer          text        NOT NULL,
    amount            numeric     NOT NULL,
    currency          text        NOT NULL,
    captured_at       timestamptz NOT NULL,
    captured_at_nanos smallint    NOT NULL,
    event_source      text        NOT NULL,
    event_id          text        NOT NULL,
    source_partition  integer     NOT NULL,
    source_offset     bigint      NOT NULL,
    stored_seq        bigint      GENERATED ALWAYS AS IDENTITY,
    stored_at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (event_source, event_id)
);

CREATE TABLE shipments (
    order_id            text        PRIMARY KEY,
    customer            text        NOT NULL,
    sku                 text        NOT NULL,
    quantity            integer     NOT NULL,
    amount              numeric     NOT NULL,
    currency            text        NOT NULL,
    placed_at           timestamptz NOT NULL,
    placed_at_nanos     smallint    NOT NULL,
    address_street      text        NOT NULL,
    address_city        text        NOT NULL,
    address_postal_code text        NOT NULL,
    address_country     text        NOT NULL,
    product_name        text        NOT NULL,
    product_category    text        NOT NULL,
    product_price       numeric     NOT NULL,
    product_currency    text        NOT NULL,
    event_source        text        NOT NULL,
    event_id            text        NOT NULL,
    source_partition    integer     NOT NULL,
    source_offset       bigint      NOT NULL,
    stored_seq          bigint      GENERATED ALWAYS AS IDENTITY,
    stored_at           timestamptz NOT NULL DEFAULT now(),
    UNIQUE (event_source, event_id)
);
CREATE INDEX shipments_newest_first ON shipments (stored_seq DESC);
CREATE INDEX shipments_newest_first_by_customer ON shipments (customer, stored_seq DESC);

CREATE TABLE measurements (
    host               text             NOT NULL,
    cpu_load           double precision NOT NULL,
    memory_used_bytes  bigint           NOT NULL,
    memory_total_bytes bigint           NOT NULL,
    measured_at        timestamptz      NOT NULL,
    measured_at_nanos  smallint         NOT NULL,
    event_source       text             NOT NULL,
    event_id           text             NOT NULL,
    source_partition   integer          NOT NULL,
    source_offset      bigint           NOT NULL,
    stored_seq         bigint           GENERATED ALWAYS AS IDENTITY,
    stored_at          timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (event_source, event_id)
);
CREATE INDEX measurements_newest_first ON measurements (measured_at DESC);
CREATE INDEX measurements_newest_first_by_host ON measurements (host, measured_at DESC);
