package io.eventpipeline.producer.schemas;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import io.eventpipeline.model.event.Identifier;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Java types that are one string in the JSON of events, though a generator cannot see it. */
final class ScalarDefinitions {

    /** Not blank, as Java's {@code String.isBlank} has it, and no control characters. */
    private static final String IDENTIFIER =
            "^(?=.*[^ \\u1680\\u2000-\\u2006\\u2008-\\u200A\\u2028\\u2029\\u205F\\u3000])"
                    + "[^\\u0000-\\u001F\\u007F-\\u009F]*$";

    private ScalarDefinitions() {}

    static @Nullable CustomDefinition of(ResolvedType type, SchemaGenerationContext context) {
        ObjectNode definition = context.getGeneratorConfig().createObjectNode();
        if (type.isInstanceOf(Identifier.class)) {
            definition
                    .put("type", "string")
                    .put("minLength", 1)
                    .put("maxLength", Identifier.MAX_LENGTH)
                    .put("pattern", IDENTIFIER);
        } else if (type.isInstanceOf(Currency.class)) {
            definition
                    .put("type", "string")
                    .put("pattern", "^[A-Z]{3}$")
                    .put("description", "ISO 4217 currency code such as EUR");
        } else {
            return null;
        }
        return new CustomDefinition(definition, DefinitionType.INLINE, AttributeInclusion.YES);
    }
}
