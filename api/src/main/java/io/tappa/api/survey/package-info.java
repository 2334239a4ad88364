/**
 * Surveys: answers as survey tools send them, read as the pack says.
 *
 * <p>Input: the JSON of a webhook, or a row of an export. Output: an event in the shape of the Segment specification.
 */
@NullMarked
package io.tappa.api.survey;

import org.jspecify.annotations.NullMarked;
