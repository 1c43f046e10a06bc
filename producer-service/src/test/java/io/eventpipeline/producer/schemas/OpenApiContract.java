package io.eventpipeline.producer.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document as a promise that answers can be held against. */
public final class OpenApiContract {

    private final ObjectNode document;

    /** Takes the document as it is served. */
    public OpenApiContract(String document) {
        this.document = (ObjectNode) JsonMapper.shared().readTree(document);
    }

    ObjectNode document() {
        return document;
    }

    /**
     * Checks that the document names the status and the media type, and that the body is valid by
     * the schema there.
     *
     * @param path as the document has it
     * @param mediaType without parameters
     */
    public void assertKept(String method, String path, int status, String mediaType, String body) {
        JsonNode response =
                followed(
                        document.at(
                                "/paths/" + escaped(path) + "/" + method + "/responses/" + status));
        assertThat(response.isMissingNode())
                .as("status %s is not documented for %s %s: %s", status, method, path, body)
                .isFalse();
        JsonNode schema = response.at("/content/" + escaped(mediaType) + "/schema");
        assertThat(schema.isMissingNode())
                .as("%s is not documented for %s %s with %s", mediaType, method, path, status)
                .isFalse();
        ObjectNode whole = document.deepCopy();
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.set("components", whole.get("components"));
        root.putArray("allOf").add(schema);
        assertThat(
                        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(root)
                                .validate(JsonMapper.shared().readTree(body)))
                .as("answer %s of %s %s: %s", status, method, path, body)
                .isEmpty();
    }

    private JsonNode followed(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : document.at(reference.asString().substring(1));
    }

    private static String escaped(String part) {
        return part.replace("~", "~0").replace("/", "~1");
    }
}
