/**
 * One running pipeline on this machine: its data folder, its child processes, who holds the lock,
 * and the order of start and stop. Depends on local-cluster and knows the services only by their
 * jars, ports and environment.
 */
@NullMarked
package io.eventpipeline.standalone.instance;

import org.jspecify.annotations.NullMarked;
