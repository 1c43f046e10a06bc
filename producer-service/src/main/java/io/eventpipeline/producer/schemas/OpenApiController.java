package io.eventpipeline.producer.schemas;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document, and what lets a browser show it: {@code /swagger-ui}. */
@RestController
final class OpenApiController {

    static final String DOCUMENT = "/v3/api-docs";
    static final String INITIALIZER = "/swagger-ui/swagger-initializer.js";

    private final OpenApiDocument document;

    OpenApiController(OpenApiDocument document) {
        this.document = document;
    }

    @GetMapping(path = DOCUMENT, produces = "application/json")
    ObjectNode document() {
        return document.get();
    }

    /** In the place of the one that comes with Swagger UI and shows somebody else's pet store. */
    @GetMapping(path = INITIALIZER, produces = "text/javascript")
    String initializer() {
        return """
        window.onload = () => {
          window.ui = SwaggerUIBundle({
            url: "%s",
            dom_id: "#swagger-ui",
            deepLinking: true,
            presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
            layout: "BaseLayout"
          });
        };
        """
                .formatted(DOCUMENT);
    }
}
