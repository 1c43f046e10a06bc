package io.eventpipeline.localcluster.facts;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Which classes the Kafka on the class path has, and for which Java they are compiled. */
final class Classes {

    private static final int CLASS_FILE_VERSION_OF_JAVA_0 = 44;

    private Classes() {}

    static boolean exists(String name) {
        return Classes.class.getClassLoader().getResource(file(name)) != null;
    }

    /** The oldest Java that loads the class. */
    static int javaOf(String name) throws IOException {
        try (InputStream file = Classes.class.getClassLoader().getResourceAsStream(file(name))) {
            if (file == null) {
                throw new IOException("no class " + name);
            }
            DataInputStream data = new DataInputStream(file);
            data.skipNBytes(6);
            return data.readUnsignedShort() - CLASS_FILE_VERSION_OF_JAVA_0;
        }
    }

    private static String file(String name) {
        return name.replace('.', '/') + ".class";
    }
}
