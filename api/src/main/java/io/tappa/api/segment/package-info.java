/**
 * The Segment protocol's edge: the calls that Segment's and RudderStack's libraries make.
 *
 * <p>Input: their requests. Output: events for {@code event}, and the answers those libraries expect.
 */
@NullMarked
package io.tappa.api.segment;

import org.jspecify.annotations.NullMarked;
