/** The way from a path to whoever answers it, short for the paths that are asked most. */
@NullMarked
package io.tappa.api.paths;

import org.jspecify.annotations.NullMarked;
