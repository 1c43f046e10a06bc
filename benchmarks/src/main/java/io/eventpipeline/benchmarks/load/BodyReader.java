package io.eventpipeline.benchmarks.load;

/** Takes the bytes of an answer's body, as they come, without their framing. */
interface BodyReader {

    /** Takes the bytes between two indices; the array is used again afterwards. */
    void read(byte[] bytes, int from, int to);
}
