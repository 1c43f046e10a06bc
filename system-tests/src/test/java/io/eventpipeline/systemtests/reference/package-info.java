/**
 * The generated pages of the documentation: each is made from what the build produces, and a test
 * fails when a page is stale.
 */
@NullMarked
package io.eventpipeline.systemtests.reference;

import org.jspecify.annotations.NullMarked;
