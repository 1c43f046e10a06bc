/** Tests of the HTTP sink, against a web service of their own. */
@NullMarked
package io.eventpipeline.connect.http;

import org.jspecify.annotations.NullMarked;
