/**
 * Imports: people, orders, products, events, consents and suppressions that other systems already have.
 *
 * <p>Input: a body of any length as CSV, NDJSON or a product feed, read row by row as fast as the store takes it. Output:
 * events for {@code event}, products and suppressions for {@code store}, and a job that says how far it went.
 */
@NullMarked
package io.tappa.api.imports;

import org.jspecify.annotations.NullMarked;
