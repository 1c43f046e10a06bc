package io.eventpipeline.systemtests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.model.topic.TopicCatalogue;
import io.eventpipeline.model.topic.TopicDefinition;
import io.eventpipeline.systemtests.services.ProjectTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue in shared-model is the only place that knows a topic's name. */
class TopicNameRuleTests {

    private static final Set<String> SOURCES =
            Set.of("java", "yml", "yaml", "json", "sql", "properties", "sh", "cmd", "xml");
    private static final Pattern JAVA_COMMENT =
            Pattern.compile("/\\*.*?\\*/|(?<![:\"])//[^\\n]*", Pattern.DOTALL);
    private static final Pattern HASH_COMMENT =
            Pattern.compile("^\\s*#[^\\n]*|\\s#[^\\n]*", Pattern.MULTILINE);
    private static final Pattern DASH_COMMENT = Pattern.compile("--[^\\n]*");

    @Test
    void noSourceOutsideTheCatalogueNamesATopic() throws IOException {
        Pattern name = anyTopicName();

        List<String> found;
        try (Stream<Path> files = Files.walk(ProjectTree.root())) {
            found =
                    files.filter(TopicNameRuleTests::isSource)
                            .flatMap(file -> findings(file, name))
                            .toList();
        }

        assertThat(found)
                .as(
                        "topic names outside the catalogue; take them from TopicCatalogue, whose"
                                + " environment can be set")
                .isEmpty();
    }

    @Test
    void aNameInCodeIsFoundAndOneInACommentIsNot() {
        Pattern name = anyTopicName();
        String topic = new TopicCatalogue("dev").all().iterator().next().name();

        assertThat(name.matcher(code("A.java", "topic(\"" + topic + "\")")).find()).isTrue();
        assertThat(name.matcher(code("a.yml", "topic: " + topic)).find()).isTrue();
        assertThat(name.matcher(code("a.yml", "topic: a # as " + topic)).find()).isFalse();
        assertThat(name.matcher(code("A.java", "/** Reads " + topic + ". */")).find()).isFalse();
        assertThat(name.matcher(code("A.java", "f(); // reads " + topic)).find()).isFalse();
    }

    /** Project and service of every topic, whatever the environment. */
    private static Pattern anyTopicName() {
        String prefixes =
                new TopicCatalogue("dev")
                        .all().stream()
                                .map(TopicDefinition::name)
                                .map(name -> name.substring(0, name.indexOf(".dev.")))
                                .distinct()
                                .map(Pattern::quote)
                                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w.])(?:" + prefixes + ")\\.[\\w$%{<]");
    }

    /** The main sources of all modules but the catalogue's, and what is beside the modules. */
    private static boolean isSource(Path path) {
        Path file = ProjectTree.root().relativize(path);
        List<String> parts =
                IntStream.range(0, file.getNameCount())
                        .mapToObj(index -> file.getName(index).toString())
                        .toList();
        if (parts.stream().anyMatch(part -> part.startsWith(".") || part.equals("target"))
                || parts.getFirst().equals("shared-model")
                || parts.getFirst().equals("docs")
                || parts.getFirst().equals("data")
                || parts.contains("test")) {
            return false;
        }
        return Files.isRegularFile(path)
                && (SOURCES.contains(extension(file)) || parts.getLast().equals("pipeline"));
    }

    private static Stream<String> findings(Path file, Pattern name) {
        String code;
        try {
            code = code(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return code.lines()
                .filter(line -> name.matcher(line).find())
                .map(line -> ProjectTree.root().relativize(file) + ": " + line.strip());
    }

    /** The text without comments, which may well name a topic. */
    private static String code(String file, String text) {
        Pattern comment =
                switch (extension(Path.of(file))) {
                    case "java" -> JAVA_COMMENT;
                    case "sql" -> DASH_COMMENT;
                    default -> HASH_COMMENT;
                };
        return comment.matcher(text).replaceAll("");
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
