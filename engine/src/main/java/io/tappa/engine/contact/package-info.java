/**
 * Contact policy: how often a visitor may be shown something.
 *
 * <p>Input: a {@link io.tappa.engine.contact.ContactHistory} and the decision time. Output: allowed, or the cap that
 * forbids. Pure: no clock, no store. {@code decision} is its only caller.
 */
@NullMarked
package io.tappa.engine.contact;

import org.jspecify.annotations.NullMarked;
