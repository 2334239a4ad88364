/** The command line, mostly as the executable jar. */
@NullMarked
package io.tappa.api.cli;

import org.jspecify.annotations.NullMarked;
