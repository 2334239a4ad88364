/**
 * The archive: decisions that logs no longer have, in one compressed file for each hour and group of shards.
 *
 * <p>Input: the lines of logs whose turn has ended. Output: files of {@code docs/archive-schema.json}, and from them records
 * again. Who is forgotten is struck from the files, too.
 */
@NullMarked
package io.tappa.api.archive;

import org.jspecify.annotations.NullMarked;
