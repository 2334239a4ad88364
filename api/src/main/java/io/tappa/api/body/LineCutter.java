package io.tappa.api.body;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts bytes that come piece by piece into lines, holding no more than one of them. */
public final class LineCutter {
    private static final String MARK = "\uFEFF";
    private static final char UNREADABLE = '\uFFFD';
    private static final int USUAL = 1_024;

    private final int longest;
    private byte[] held;
    private int length;
    private long number;

    /** Cuts lines of at most {@code longest} bytes; of longer ones so many are kept. */
    public LineCutter(int longest) {
        this.longest = longest;
        this.held = new byte[Math.min(USUAL, longest)];
    }

    /** Takes the next byte; the line that ends with it, or null within a line. */
    public @Nullable Line take(byte next) {
        if (next == '\n') {
            return cut();
        }
        if (length < longest) {
            if (length == held.length) {
                held = Arrays.copyOf(held, Math.min(longest, 2 * length));
            }
            held[length] = next;
        }
        if (length <= longest) {
            length++;
        }
        return null;
    }

    /** What came after the last line end, or null if that was the end of the body. */
    public @Nullable Line rest() {
        return length == 0 ? null : cut();
    }

    private Line cut() {
        number++;
        boolean tooLong = length > longest;
        int kept = Math.min(length, longest);
        length = 0;
        var text = new String(held, 0, kept, StandardCharsets.UTF_8);
        boolean utf8 = text.indexOf(UNREADABLE) < 0 || isUtf8(ByteBuffer.wrap(held, 0, kept));
        return new Line(number, unmarked(text), tooLong, utf8);
    }

    private String unmarked(String text) {
        var unmarked = number == 1 && text.startsWith(MARK) ? text.substring(1) : text;
        return unmarked.endsWith("\r") ? unmarked.substring(0, unmarked.length() - 1) : unmarked;
    }

    /** Somebody may have written the very character that stands for unreadable bytes. */
    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }
}
