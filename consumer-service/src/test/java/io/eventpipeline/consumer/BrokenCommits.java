package io.eventpipeline.consumer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Breaks the connection at the next commit of a delivery, before it or after it. Given to a service
 * as a source of its own; not annotated, so that no other service finds it.
 */
class BrokenCommits {

    enum Fault {
        BEFORE_COMMIT,
        AFTER_COMMIT;

        private static final AtomicReference<@Nullable Fault> NEXT = new AtomicReference<>();

        static void next(Fault fault) {
            NEXT.set(fault);
        }

        static boolean isPending() {
            return NEXT.get() != null;
        }
    }

    @Bean
    static BeanPostProcessor breakableConnections() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource source ? new Breakable(source) : bean;
            }
        };
    }

    private static final class Breakable extends DelegatingDataSource {

        Breakable(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection)
                    Proxy.newProxyInstance(
                            Breakable.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, arguments) -> {
                                Fault fault =
                                        method.getName().equals("commit")
                                                ? Fault.NEXT.getAndSet(null)
                                                : null;
                                if (fault == Fault.BEFORE_COMMIT) {
                                    connection.rollback();
                                    throw new SQLException("connection reset", "08006");
                                }
                                Object result = invoke(method, connection, arguments);
                                if (fault == Fault.AFTER_COMMIT) {
                                    throw new SQLException("connection reset", "08006");
                                }
                                return result;
                            });
        }

        private static @Nullable Object invoke(
                Method method, Connection connection, Object @Nullable [] arguments)
                throws Throwable {
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }
    }
}
