/** Tries that each benchmark starts and measures what it says. */
@NullMarked
package io.tappa.loadtests;

import org.jspecify.annotations.NullMarked;
