/**
 * The command line.
 *
 * <p>Input: the arguments of {@code java -jar tappa.jar}. Output: what a person reads in a terminal, and an exit code.
 */
@NullMarked
package io.tappa.api.cli;

import org.jspecify.annotations.NullMarked;
