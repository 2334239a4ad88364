package io.tappa.api.body;

/**
 * One line of a body.
 *
 * @param number from 1
 * @param text without its end; cut when it is too long
 * @param tooLong whether it has more bytes than a line may have
 * @param isUtf8 whether its bytes are UTF-8; what is not stands as U+FFFD in the text
 */
public record Line(long number, String text, boolean tooLong, boolean isUtf8) {}
