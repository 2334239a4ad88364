/**
 * The first page: a small shop to click through, with the visitor's stage, facts and decisions beside it.
 *
 * <p>Input: what a page asks, in local mode only. Output: one HTML file, and a live stream of one visitor. Makes no
 * decision and counts no event of its own: the page uses the same API as everybody.
 */
@NullMarked
package io.tappa.api.demo;

import org.jspecify.annotations.NullMarked;
