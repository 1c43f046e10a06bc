/**
 * The group {@code archive}: every event as a line of JSON in compressed files, each record once.
 * Where it resumes is told by the names of its files, so it knows nothing of PostgreSQL. {@code
 * ArchiveMember} is the life of one consumer, {@code ArchiveFolder} the files, {@code RangeFile}
 * one of them while it is written. Depends on {@code recordjson}, {@code partitions}, and on {@code
 * delivery} for pauses and statuses.
 */
@NullMarked
package io.eventpipeline.consumer.archive;

import org.jspecify.annotations.NullMarked;
