package io.eventpipeline.benchmarks.consuming;

import io.eventpipeline.benchmarks.processes.BenchmarkException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** consumer-service's group that calls a slow target. */
public final class WebhookReader implements Reader {

    private static final String LISTENER = "webhook";

    private final String name;
    private final ConsumerService service;
    private final SlowTarget target;
    private final Admin admin;
    private final long records;
    private final Duration measured;
    private final TreeCpu cpu;

    /**
     * Of a service whose listener is stopped.
     *
     * @param records how many records the topic has
     * @param measured for how long at most
     */
    public WebhookReader(
            String name,
            ConsumerService service,
            SlowTarget target,
            String bootstrapServers,
            long records,
            Duration measured,
            TreeCpu cpu) {
        this.name = name;
        this.service = service;
        this.target = target;
        this.records = records;
        this.measured = measured;
        this.cpu = cpu;
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Throughput measure() {
        forgetOffsets();
        target.forget();
        service.start(LISTENER);
        try {
            Throughput throughput = new Progress(target::taken, cpu).measure(1, records, measured);
            if (target.disordered() > 0) {
                throw new BenchmarkException(
                        name + ": " + target.disordered() + " orders came out of order");
            }
            return throughput;
        } finally {
            service.stop(LISTENER);
        }
    }

    private void forgetOffsets() {
        try {
            admin.deleteConsumerGroups(List.of(LISTENER)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new BenchmarkException("the group's offsets stay", e);
            }
        } catch (InterruptedException e) {
            throw BenchmarkException.interrupted(e);
        }
    }

    @Override
    public void close() {
        admin.close();
        service.close();
    }
}
