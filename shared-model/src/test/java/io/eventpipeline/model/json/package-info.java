/** Contract of the JSON of events: golden files, and what each door refuses. */
@NullMarked
package io.eventpipeline.model.json;

import org.jspecify.annotations.NullMarked;
