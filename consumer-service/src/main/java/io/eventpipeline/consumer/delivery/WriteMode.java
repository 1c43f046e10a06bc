package io.eventpipeline.consumer.delivery;

import java.util.Locale;

/** How a group's rows get into their tables. Both ways give the same tables and counts. */
public enum WriteMode {
    /** By an insert that leaves out what is there already. */
    UPSERT,
    /**
     * By {@code COPY}, and as with {@link #UPSERT} where a row of the batch is there already or is
     * refused, and for some batches after that.
     */
    COPY;

    /** As it is configured. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
