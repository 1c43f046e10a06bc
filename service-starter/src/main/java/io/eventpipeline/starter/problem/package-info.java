/**
 * Errors as problem details (RFC 9457), from controllers and from the container alike. {@link
 * io.eventpipeline.starter.problem.ProblemType} is the list of what can go wrong; docs/problems.md
 * explains each. May depend on Spring MVC, Tomcat and shared-model.
 */
@NullMarked
package io.eventpipeline.starter.problem;

import org.jspecify.annotations.NullMarked;
