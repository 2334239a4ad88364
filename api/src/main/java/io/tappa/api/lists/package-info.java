/**
 * Lists of products in placements: what was viewed, lies in the basket, sells best, is bought together.
 *
 * <p>Input: events of orders that were written, the catalogue of products, and who asks. Output: the products that each list
 * can show, found before the decision is made. What is counted is about products and nobody.
 */
@NullMarked
package io.tappa.api.lists;

import org.jspecify.annotations.NullMarked;
