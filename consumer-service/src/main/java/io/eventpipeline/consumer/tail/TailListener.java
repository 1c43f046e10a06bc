package io.eventpipeline.consumer.tail;

import io.eventpipeline.consumer.recordjson.RecordJson;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the last records of chosen partitions of any topics, in the order in which they are read.
 * It commits nothing and fails at nothing: what it misses while it is stopped, it never shows.
 */
@Component
final class TailListener implements BatchMessageListener<byte[], byte[]> {

    private final RecentRecords recent;

    TailListener(TailProperties properties) {
        recent = new RecentRecords(properties.maxRecords(), properties.maxSize().toBytes());
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(source -> recent.add(RecordJson.line(source)));
    }

    RecentRecords recent() {
        return recent;
    }
}
