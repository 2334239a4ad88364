/** Tests of the first page, with the real service and its own Redis. */
@NullMarked
package io.tappa.api.demo;

import org.jspecify.annotations.NullMarked;
