/**
 * Pauses: a marketer stops a rule, an offer, a campaign, a channel or everything, and all nodes hear of it.
 *
 * <p>Input: requests with a secret key. Output: what is paused at this moment, for every decision to ask.
 */
@NullMarked
package io.tappa.api.pause;

import org.jspecify.annotations.NullMarked;
