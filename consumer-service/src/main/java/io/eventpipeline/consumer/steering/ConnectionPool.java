package io.eventpipeline.consumer.steering;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets the pool of connections grow with the consumers: each holds one while it writes, and one
 * that waits for a connection too long gives up its batch. Thread-safe.
 */
@Component
final class ConnectionPool {

    private static final Logger log = LoggerFactory.getLogger(ConnectionPool.class);

    private final DataSource source;

    ConnectionPool(DataSource source) {
        this.source = source;
    }

    /** Makes room for more consumers; a pool that has grown keeps its size. */
    synchronized void makeRoomFor(int more) {
        if (more <= 0) {
            return;
        }
        try {
            HikariDataSource pool = source.unwrap(HikariDataSource.class);
            int size = pool.getMaximumPoolSize() + more;
            pool.getHikariConfigMXBean().setMaximumPoolSize(size);
            log.info("The pool may have {} connections now", size);
        } catch (SQLException e) {
            log.warn("The pool of connections could not grow", e);
        }
    }
}
