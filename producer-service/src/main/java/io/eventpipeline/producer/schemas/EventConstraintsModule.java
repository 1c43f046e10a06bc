package io.eventpipeline.producer.schemas;

import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The constraints of event records as keywords of JSON Schema. Differs from the library's own
 * reading where that would not be ours: a component is required unless it is {@code @Nullable};
 * {@code @Digits} does not become {@code multipleOf}, with which validators that count in binary
 * fractions refuse good prices; a Java regular expression is anchored and put into ECMA's words.
 */
final class EventConstraintsModule extends JakartaValidationModule {

    private static final String NOT_BLANK = "(?=[\\s\\S]*[^\\u0000-\\u0020])";

    EventConstraintsModule() {
        super(
                JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS);
    }

    @Override
    public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
        super.applyToConfigBuilder(builder);
        builder.forFields().withDescriptionResolver(this::description);
    }

    @Override
    protected boolean isRequired(MemberScope<?, ?> member) {
        return !isNullable(member);
    }

    @Override
    protected Boolean isNullable(MemberScope<?, ?> member) {
        return member.getRawMember() instanceof Field field
                && field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    @Override
    protected @Nullable String resolveStringPattern(MemberScope<?, ?> member) {
        Pattern pattern = annotation(member, Pattern.class);
        String notBlank = annotation(member, NotBlank.class) == null ? "" : NOT_BLANK;
        if (pattern == null) {
            return notBlank.isEmpty() ? null : "^" + notBlank;
        }
        // Bean Validation matches the whole value.
        return "^"
                + notBlank
                + "(?:"
                + pattern.regexp().replace("\\p{Cntrl}", "\\u0000-\\u001F\\u007F")
                + ")$";
    }

    @Override
    protected @Nullable BigDecimal resolveNumberExclusiveMaximum(MemberScope<?, ?> member) {
        BigDecimal given = super.resolveNumberExclusiveMaximum(member);
        Digits digits = annotation(member, Digits.class);
        return given != null || digits == null ? given : BigDecimal.TEN.pow(digits.integer());
    }

    @Override
    protected void overrideInstanceAttributes(
            ObjectNode attributes, MemberScope<?, ?> member, SchemaGenerationContext context) {
        super.overrideInstanceAttributes(attributes, member, context);
        attributes.remove("multipleOf");
        if (member.getRawMember() instanceof Field field
                && field.getType() == int.class
                && !attributes.has("maximum")) {
            attributes.put("maximum", Integer.MAX_VALUE);
        }
    }

    private @Nullable String description(MemberScope<?, ?> member) {
        Digits digits = annotation(member, Digits.class);
        if (digits != null) {
            return "at most " + digits.fraction() + " decimal places";
        }
        Pattern pattern = annotation(member, Pattern.class);
        return pattern == null || pattern.message().startsWith("{") ? null : pattern.message();
    }

    private <A extends Annotation> @Nullable A annotation(MemberScope<?, ?> member, Class<A> type) {
        return getAnnotationFromFieldOrGetter(member, type, _ -> new Class<?>[0]);
    }
}
