/**
 * The command line.
 *
 * <p>Input: the arguments of {@code java -jar tappa.jar}. Output: what a person reads in a terminal, or JSON, and an exit
 * code: 0 all is well, 1 something was found or failed, 2 the arguments are wrong, 3 a draft would change something.
 */
@NullMarked
package io.tappa.api.cli;

import org.jspecify.annotations.NullMarked;
