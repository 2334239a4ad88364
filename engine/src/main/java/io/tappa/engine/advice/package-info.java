/** What the author of a pack without errors may want to look at. */
@NullMarked
package io.tappa.engine.advice;

import org.jspecify.annotations.NullMarked;
