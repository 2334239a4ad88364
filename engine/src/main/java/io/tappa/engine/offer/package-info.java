/**
 * Offers: what can be presented, and its content by channel and language.
 *
 * <p>Input: what the pack declares. Output: offers and their texts for one visitor.
 */
@NullMarked
package io.tappa.engine.offer;

import org.jspecify.annotations.NullMarked;
