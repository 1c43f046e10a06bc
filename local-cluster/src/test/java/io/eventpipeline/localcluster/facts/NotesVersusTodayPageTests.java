package io.eventpipeline.localcluster.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The page that these facts belong to names tests that exist, and leaves none of them out. */
class NotesVersusTodayPageTests {

    private static final Path PAGE = Path.of("..", "docs", "notes-versus-today.md");

    /** {@code `SomeTests.method`}, {@code `.anotherMethodOfThem`}, or a class as a whole. */
    private static final Pattern TEST = Pattern.compile("`(\\w+Tests)?(?:\\.(\\w+))?`");

    private static final List<Class<?>> FACTS =
            List.of(
                    KafkaFactsTests.class,
                    ClientFactsTests.class,
                    StreamsAndConnectFactsTests.class,
                    KafkaFactsIntegrationTests.class,
                    GroupFactsIntegrationTests.class,
                    StreamsFactsIntegrationTests.class,
                    ToolFactsIntegrationTests.class);

    @Test
    void pageNamesEveryTestAndNoOther() throws Exception {
        Set<String> existing = new TreeSet<>();
        FACTS.forEach(facts -> tests(facts).forEach(existing::add));

        assertThat(named()).containsExactlyInAnyOrderElementsOf(existing);
    }

    private static Set<String> named() throws Exception {
        Set<String> named = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            String proof = line.substring(line.lastIndexOf(" | ") + 1);
            String owner = "";
            Matcher matcher = TEST.matcher(proof);
            while (line.startsWith("|") && matcher.find()) {
                owner = matcher.group(1) == null ? owner : matcher.group(1);
                if (matcher.group(2) != null) {
                    named.add(owner + "." + matcher.group(2));
                } else if (matcher.group(1) != null) {
                    String whole = owner;
                    FACTS.stream()
                            .filter(facts -> facts.getSimpleName().equals(whole))
                            .forEach(facts -> tests(facts).forEach(named::add));
                }
            }
        }
        return named;
    }

    private static List<String> tests(Class<?> facts) {
        List<String> tests = new ArrayList<>();
        Stream.of(facts.getDeclaredMethods())
                .filter(NotesVersusTodayPageTests::isTest)
                .forEach(method -> tests.add(facts.getSimpleName() + "." + method.getName()));
        return tests;
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class);
    }
}
