/**
 * What is different between two versions of a pack, in words.
 *
 * <p>Input: the files and the snapshots of both. Output: one line for each rule, move, offer and file that is another. Pure: no clock.
 * What is to be published, and who did what, is told with it.
 */
@NullMarked
package io.tappa.engine.difference;

import org.jspecify.annotations.NullMarked;
