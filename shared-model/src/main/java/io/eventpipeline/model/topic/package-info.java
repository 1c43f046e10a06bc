/**
 * Which topics there are and how they are made: the catalogue, the rules for names, delivery
 * profiles and the provisioner. The one place where a topic is declared.
 */
@NullMarked
package io.eventpipeline.model.topic;

import org.jspecify.annotations.NullMarked;
