package io.eventpipeline.connect.hostmetrics;

/**
 * What one look at a machine showed.
 *
 * @param cpuLoad the share of all processors' time that was spent working since the look before, 0
 *     to 1
 * @param memoryUsedBytes memory that could not be given to a program without swapping
 * @param memoryTotalBytes the machine's memory
 */
record Measurement(double cpuLoad, long memoryUsedBytes, long memoryTotalBytes) {}
