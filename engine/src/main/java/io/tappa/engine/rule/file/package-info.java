/**
 * Rule files: YAML and tables into the closed model, with every mistake at its place.
 *
 * <p>Input: the text of a file and the {@link io.tappa.engine.rule.file.Vocabulary}. Output: rules, and problems for
 * what is no rule. Texts are parsed, never resolved, evaluated or compiled.
 */
@NullMarked
package io.tappa.engine.rule.file;

import org.jspecify.annotations.NullMarked;
