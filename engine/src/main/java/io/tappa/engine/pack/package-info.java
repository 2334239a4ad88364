/**
 * Packs: one folder of files, read, checked and compiled into one immutable snapshot.
 *
 * <p>Input: the texts of the files. Output: a {@link io.tappa.engine.pack.PackSnapshot}, or every mistake at its place.
 */
@NullMarked
package io.tappa.engine.pack;

import org.jspecify.annotations.NullMarked;
