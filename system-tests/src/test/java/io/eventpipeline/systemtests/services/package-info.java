/**
 * Starts the services from their fat jars, as an operator would: separate JVMs on free ports, found
 * by REST and actuator only. Depends on local-cluster, and on nothing else of the suite.
 */
@NullMarked
package io.eventpipeline.systemtests.services;

import org.jspecify.annotations.NullMarked;
