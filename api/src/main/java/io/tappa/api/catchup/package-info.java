/**
 * Catching up: whoever was known before a pack went live is made as the pack wants them, in the background.
 *
 * <p>Input: a pack that went live. Output: visitors with their timers set as it says, and with the facts it brought gathered
 * from their logs; how far that is.
 */
@NullMarked
package io.tappa.api.catchup;

import org.jspecify.annotations.NullMarked;
