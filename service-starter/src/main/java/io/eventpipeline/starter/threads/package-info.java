/** The threads of a service, before Spring starts any. Depends on nothing. */
@NullMarked
package io.eventpipeline.starter.threads;

import org.jspecify.annotations.NullMarked;
