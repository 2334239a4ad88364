/**
 * News for the pack's owner: what was paused, what runs out, what nobody sees.
 *
 * <p>Input: news, from whichever feature has some. Output: a line in the log, and a call to the operator's webhook; nobody
 * waits for it.
 */
@NullMarked
package io.tappa.api.notify;

import org.jspecify.annotations.NullMarked;
