/**
 * Products: what got cheaper or came back lately, as every decision may ask.
 *
 * <p>Input: the changes that imports of the catalogue note in the store. Output: the news of this moment.
 */
@NullMarked
package io.tappa.api.products;

import org.jspecify.annotations.NullMarked;
