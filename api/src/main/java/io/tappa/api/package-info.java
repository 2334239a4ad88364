/** The service: a thin shell around the engine. One read, one pure decision, one write. */
@NullMarked
package io.tappa.api;

import org.jspecify.annotations.NullMarked;
