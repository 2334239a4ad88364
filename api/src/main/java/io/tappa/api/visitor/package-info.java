/**
 * Visitors looked at: for support, with a secret key.
 *
 * <p>Input: an id. Output: stage, history and facts as JSON.
 */
@NullMarked
package io.tappa.api.visitor;

import org.jspecify.annotations.NullMarked;
