/**
 * A real redis-server of our own, so that one command starts a whole service.
 *
 * <p>Input: a folder and a port. Output: a redis-server that answers on 127.0.0.1 and keeps its data in that folder. The
 * program comes out of a jar on the class path; this package copies it, starts or adopts it, watches over its folder and
 * stops it. It knows neither Spring nor what is stored. Only the start of the service and tests call it.
 */
@NullMarked
package io.tappa.api.embedded;

import org.jspecify.annotations.NullMarked;
