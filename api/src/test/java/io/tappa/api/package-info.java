/** The service as a whole, on a real Redis and over real HTTP. */
@NullMarked
package io.tappa.api;

import org.jspecify.annotations.NullMarked;
