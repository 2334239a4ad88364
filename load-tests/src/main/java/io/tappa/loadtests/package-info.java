/** Benchmarks, one class for each question. */
@NullMarked
package io.tappa.loadtests;

import org.jspecify.annotations.NullMarked;
