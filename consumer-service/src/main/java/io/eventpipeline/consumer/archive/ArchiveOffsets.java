package io.eventpipeline.consumer.archive;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.springframework.stereotype.Component;

/** Where the archive resumes, as the names of its files say, whoever wrote them. Thread-safe. */
@Component
public final class ArchiveOffsets {

    private final ArchiveFolder archive;

    ArchiveOffsets(ArchiveFolder archive) {
        this.archive = archive;
    }

    /**
     * Finds where partitions resume.
     *
     * @param topicIds the present id of each partition's topic
     * @return the first offset that is not archived; nothing for a partition without files
     * @throws IOException if the folder cannot be read
     */
    public Map<TopicPartition, Long> find(Map<TopicPartition, Uuid> topicIds) throws IOException {
        Map<TopicPartition, Long> next = new HashMap<>();
        for (Map.Entry<TopicPartition, Uuid> partition : topicIds.entrySet()) {
            Optional<RangeFooter> newest =
                    archive.of(partition.getKey(), partition.getValue()).newest();
            newest.ifPresent(footer -> next.put(partition.getKey(), footer.next()));
        }
        return next;
    }
}
