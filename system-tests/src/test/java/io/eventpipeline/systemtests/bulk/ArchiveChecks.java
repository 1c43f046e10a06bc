package io.eventpipeline.systemtests.bulk;

import io.eventpipeline.model.archive.ArchiveCheck;
import io.eventpipeline.model.archive.ArchiveFile;
import io.eventpipeline.systemtests.checkers.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Looks at the archive: each offset of the topic once, and nothing else. */
final class ArchiveChecks {

    static final String ONCE = "the archive has each offset of the topic once";

    private ArchiveChecks() {}

    /** Where the chain of files of each partition ends; what is published later is not seen. */
    static Map<Integer, Long> ends(Path folder, String topic) throws IOException {
        Map<Integer, Long> ends = new HashMap<>();
        if (Files.isDirectory(folder)) {
            for (ArchiveFile file : ArchiveFile.findAll(folder)) {
                if (file.topic().equals(topic)) {
                    ends.merge(file.partition(), file.footer().next(), Math::max);
                }
            }
        }
        return ends;
    }

    /** Compares the archive with the topic. */
    static long check(Path folder, String topicName, TopicContents topic, Findings findings) {
        ArchiveCheck check = ArchiveCheck.of(folder);
        check.findings().forEach(finding -> findings.add(ONCE, finding));
        topic.ends()
                .forEach((partition, end) -> {
                    BitSet present = check.offsets(topicName, partition);
                    findings.require(
                            present.cardinality() == end && present.length() == end,
                            ONCE,
                            "partition %d has %d offsets up to %d, not %d",
                            partition,
                            present.cardinality(),
                            present.length(),
                            end);
                });
        findings.require(
                check.records() == topic.records(),
                ONCE,
                "%d records, not %d",
                check.records(),
                topic.records());
        return check.records();
    }
}
