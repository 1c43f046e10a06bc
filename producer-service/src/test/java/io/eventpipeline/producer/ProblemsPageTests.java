package io.eventpipeline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventpipeline.starter.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** docs/problems.md explains each problem type under the anchor that its URI ends with. */
class ProblemsPageTests {

    private static final Path PAGE = Path.of("..", "docs", "problems.md");

    @Test
    void explainsEveryTypeUnderItsSlug() throws IOException {
        assertThat(
                        Files.readAllLines(PAGE).stream()
                                .filter(line -> line.startsWith("## "))
                                .map(line -> line.substring(3)))
                .as("headings of docs/problems.md: a section for each ProblemType, in its order")
                .containsExactlyElementsOf(
                        Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList());
    }

    @Test
    void namesStatusAndRetryAsTheCodeDoes() throws IOException {
        String page = Files.readString(PAGE);

        for (ProblemType type : ProblemType.values()) {
            assertThat(page)
                    .as("line below the heading of %s", type.slug())
                    .contains(
                            "## %s\n\nStatus %d. A retry of the same request %s.\n"
                                    .formatted(
                                            type.slug(),
                                            type.status().value(),
                                            type.retryable() ? "can succeed" : "cannot succeed"));
        }
    }
}
