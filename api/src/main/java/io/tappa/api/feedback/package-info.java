/**
 * Feedback: what became of what was decided.
 *
 * <p>Input: reports that an offer was seen, clicked or not wanted. Output: the events that say so, as if a page had sent them.
 */
@NullMarked
package io.tappa.api.feedback;

import org.jspecify.annotations.NullMarked;
