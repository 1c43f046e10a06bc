-- The source of most events is the same, so an index that begins with it compares the same text again and again on the way
-- down. With the id first, one comparison decides. The source stays in: ids are unique within their source only.
ALTER TABLE orders DROP CONSTRAINT orders_event_source_event_id_key, ADD UNIQUE (event_id, event_source);
ALTER TABLE payments DROP CONSTRAINT payments_event_source_event_id_key, ADD UNIQUE (event_id, event_source);
ALTER TABLE shipments DROP CONSTRAINT shipments_event_source_event_id_key, ADD UNIQUE (event_id, event_source);
ALTER TABLE measurements DROP CONSTRAINT measurements_pkey, ADD PRIMARY KEY (event_id, event_source);
