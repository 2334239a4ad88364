/**
 * Reach: how many people a condition fits.
 *
 * <p>Input: a condition as rules write it. Output: a number of people, estimated from a sample or counted one by one.
 */
@NullMarked
package io.tappa.api.reach;

import org.jspecify.annotations.NullMarked;
