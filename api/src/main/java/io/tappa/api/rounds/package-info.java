/** Work in the background that comes again and again. Input: what a round does, and how long to pause. */
@NullMarked
package io.tappa.api.rounds;

import org.jspecify.annotations.NullMarked;
