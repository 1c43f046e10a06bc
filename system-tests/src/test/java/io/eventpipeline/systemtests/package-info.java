/**
 * The promises of DESIGN.md section 9, proved on the running services: real brokers, a real
 * PostgreSQL and every service in a JVM of its own. The tests here say what is broken and what must
 * hold; the packages below start the services, send the load, break things, record what happened
 * and check the record. May depend on local-cluster and shared-model, on no service.
 */
@NullMarked
package io.eventpipeline.systemtests;

import org.jspecify.annotations.NullMarked;
