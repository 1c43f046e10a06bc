/**
 * Starts a Spring Boot jar quickly: from its unpacked form, with a cache of its loaded and linked
 * classes where there is one (docs/decisions/0022-fast-start.md). Standalone, the benchmarks and
 * the fault suite start the services by it; it depends on the package above and on the JDK.
 */
@NullMarked
package io.eventpipeline.localcluster.bootjar;

import org.jspecify.annotations.NullMarked;
