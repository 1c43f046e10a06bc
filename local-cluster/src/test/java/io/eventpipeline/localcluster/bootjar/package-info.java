/** Tests of quick starts, on a stand-in for a Spring Boot jar. */
@NullMarked
package io.eventpipeline.localcluster.bootjar;

import org.jspecify.annotations.NullMarked;
