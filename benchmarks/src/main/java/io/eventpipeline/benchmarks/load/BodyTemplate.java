package io.eventpipeline.benchmarks.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request body with places for records, in the notation of Mustache: what stands between {@code
 * {{#records}}} and {@code {{/records}}} is repeated for each record, with commas between unless it
 * ends a line. {@code {{value}}} is a record's value as a JSON object, {@code {{text}}} one of
 * letters, {@code {{id}}} a unique id. Without a section the body holds one record. Immutable.
 */
public final class BodyTemplate {

    private static final String BEGIN = "{{#records}}";
    private static final String END = "{{/records}}";
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private final String before;
    private final String record;
    private final String after;
    private final boolean repeats;

    private BodyTemplate(String before, String record, String after, boolean repeats) {
        this.before = before;
        this.record = record;
        this.after = after;
        this.repeats = repeats;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if a section is open or a place has an unknown name
     */
    public static BodyTemplate parse(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 != end < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "%s and %s belong together: %s".formatted(BEGIN, END, text));
        }
        BodyTemplate template =
                begin < 0
                        ? new BodyTemplate("", text, "", false)
                        : new BodyTemplate(
                                text.substring(0, begin),
                                text.substring(begin + BEGIN.length(), end),
                                text.substring(end + END.length()),
                                true);
        template.fill(new RandomValues(100, 0));
        return template;
    }

    /** Whether a body can hold more than one record. */
    public boolean repeats() {
        return repeats;
    }

    /**
     * A body.
     *
     * @param records how many records it holds
     * @param values where their values come from
     */
    public String body(int records, RandomValues values) {
        if (records != 1 && !repeats) {
            throw new IllegalArgumentException("the template has no " + BEGIN + " to repeat");
        }
        String separator = record.endsWith("\n") ? "" : ",";
        StringBuilder body = new StringBuilder(before);
        for (int i = 0; i < records; i++) {
            body.append(i == 0 ? "" : separator).append(fill(values));
        }
        return body.append(after).toString();
    }

    private String fill(RandomValues values) {
        return PLACE.matcher(record)
                .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), values)));
    }

    private static String value(String name, RandomValues values) {
        return switch (name) {
            case "value" -> values.json();
            case "text" -> values.text();
            case "id" -> values.id();
            default ->
                    throw new IllegalArgumentException(
                            "a template knows {{value}}, {{text}} and {{id}}, not {{"
                                    + name
                                    + "}}");
        };
    }
}
