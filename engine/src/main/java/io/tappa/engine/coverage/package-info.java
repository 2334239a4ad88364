/** Which borders of rules the scenarios of a pack prove, and scenarios for the others. */
@NullMarked
package io.tappa.engine.coverage;

import org.jspecify.annotations.NullMarked;
