/**
 * Two versions of a pack that were made from the same one, brought together entry by entry.
 *
 * <p>Input: the files of all three. Output: files that hold the changes of both sides, or what stands against it. Pure: no clock. Texts are
 * moved, never written anew, so comments and layout stay as their authors left them. Whether the outcome is a good pack says
 * {@code pack}.
 */
@NullMarked
package io.tappa.engine.merge;

import org.jspecify.annotations.NullMarked;
