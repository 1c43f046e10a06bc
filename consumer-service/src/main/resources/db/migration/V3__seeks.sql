-- An operator can move a stored offset (POST /listeners/{id}/seek). The account of each row stays whole by the sum of these
-- moves, negative where records are read again:
-- next_offset - sought - (where the group began) = rows_stored + repeats_dropped + dead_lettered + offsets without a record
-- for readers.
ALTER TABLE consumer_offset ADD COLUMN sought bigint NOT NULL DEFAULT 0;
