/**
 * The live pack: loaded, checked, published, swapped whole.
 *
 * <p>Input: a folder and the store. Output: the snapshot that answers now.
 */
@NullMarked
package io.tappa.api.pack;

import org.jspecify.annotations.NullMarked;
