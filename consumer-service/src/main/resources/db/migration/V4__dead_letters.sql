-- What lies in the dead-letter topics, without the records themselves: those stay in Kafka and are read there when somebody asks. Written by
-- whichever instance reads a dead-letter topic on; letters that Kafka's retention removed are forgotten here too.

CREATE TABLE dead_letter_group (
    id        text PRIMARY KEY,                       -- computed from the other columns: the same wherever and whenever it is made
    topic     text NOT NULL,                          -- the topic whose records failed
    component text NOT NULL,                          -- who could not process them: consumer-service/<group>, streams-service, connect/<connector>
    cause     text NOT NULL,                          -- the reason, else the class of the exception
    message   text NOT NULL
);

CREATE TABLE dead_letter (
    topic_id         uuid    NOT NULL,                -- of the dead-letter topic: one that was made again has another
    letter_topic     text    NOT NULL,
    letter_partition integer NOT NULL,
    letter_offset    bigint  NOT NULL,
    group_id         text    NOT NULL REFERENCES dead_letter_group,
    component        text    NOT NULL,
    source_topic     text    NOT NULL,
    source_partition integer NOT NULL,
    source_offset    bigint  NOT NULL,
    recorded_at      bigint  NOT NULL,                -- the record's timestamp, epoch ms
    bytes            integer NOT NULL,                -- of key, value and headers
    attempts         integer NOT NULL,                -- how often it had been sent back when it failed
    state            text    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'redriven', 'discarded')),
    reason           text,                            -- why it was discarded
    decided_at       timestamptz,
    seq              bigint  GENERATED ALWAYS AS IDENTITY,   -- a request is about what was there when it came, not about what it causes
    PRIMARY KEY (topic_id, letter_partition, letter_offset)
);
-- A letter is confirmed before its offset moves, so it can be there twice: once for each component and source position. The timestamp tells
-- positions of a topic apart that was deleted and made again.
CREATE UNIQUE INDEX dead_letter_once ON dead_letter (component, source_topic, source_partition, source_offset, recorded_at);
CREATE INDEX dead_letter_by_place ON dead_letter (letter_topic, letter_partition, letter_offset);
CREATE INDEX dead_letter_open ON dead_letter (group_id, recorded_at) INCLUDE (attempts) WHERE state = 'open';
CREATE INDEX dead_letter_in_order ON dead_letter (source_topic, source_partition, source_offset, letter_topic, letter_partition, letter_offset)
    WHERE state = 'open';

-- How far the dead-letter topics were read into the tables above; moved by compare-and-set, with the rows.
CREATE TABLE dead_letter_position (
    topic_id    uuid    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic_id, partition)
);
