/**
 * Personal data: everything that is known of one person, and forgetting it.
 *
 * <p>Input: a visitor's id and a secret key. Output: one document, or nothing left.
 */
@NullMarked
package io.tappa.api.privacy;

import org.jspecify.annotations.NullMarked;
