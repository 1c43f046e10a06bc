package io.eventpipeline.localcluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What guardian.sh does, for systems without a shell. Best effort. */
final class WindowsGuardian {

    private WindowsGuardian() {}

    public static void main(String[] arguments) throws IOException {
        Set<Long> roots = new HashSet<>();
        Set<Path> folders = new HashSet<>();
        try (BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String order;
            while ((order = orders.readLine()) != null) {
                String argument = order.substring(order.indexOf(' ') + 1);
                switch (order.substring(0, order.indexOf(' '))) {
                    case "add" -> roots.add(Long.valueOf(argument));
                    case "del" -> roots.remove(Long.valueOf(argument));
                    default -> folders.add(Path.of(argument));
                }
            }
        }
        roots.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(root -> Stream.concat(root.descendants(), Stream.of(root)))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        for (Path folder : folders) {
            Folders.delete(folder);
        }
    }
}
