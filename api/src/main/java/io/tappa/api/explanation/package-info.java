/**
 * Explanation: why an offer is not shown, to one visitor in a period and to many people now.
 *
 * <p>Input: an offer of the live pack, recorded decisions or remembered visitors. Output: a paragraph and counts by filter, as
 * JSON. Nothing is counted, remembered or recorded.
 */
@NullMarked
package io.tappa.api.explanation;

import org.jspecify.annotations.NullMarked;
