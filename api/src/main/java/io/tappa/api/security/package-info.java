/**
 * Keys: who asks, and what they may see and do.
 *
 * <p>Input: the headers of a request. Output: an {@link io.tappa.api.security.ApiKey}, or a refusal. Keys are compared by
 * hash and never logged.
 */
@NullMarked
package io.tappa.api.security;

import org.jspecify.annotations.NullMarked;
