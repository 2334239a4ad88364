/**
 * Visitors: all that a decision may know about one, as one immutable value.
 *
 * <p>State = checkpoint + recent events; what a rule sees is their fold. Within the window of recent events the order of
 * arrival does not matter.
 */
@NullMarked
package io.tappa.engine.visitor;

import org.jspecify.annotations.NullMarked;
