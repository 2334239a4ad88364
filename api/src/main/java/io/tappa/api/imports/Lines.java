package io.tappa.api.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts a body into lines, holding no more than one of them. */
final class Lines {
    /** Longest line, in bytes. */
    static final int LONGEST = 64 * 1024;

    private static final String MARK = "\uFEFF";
    private static final char UNREADABLE = '\uFFFD';

    private final InputStream in;
    private final byte[] buffer = new byte[8 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param text without its end; cut when it is too long
     * @param tooLong whether it has more than {@value #LONGEST} bytes
     */
    record Line(long number, String text, boolean tooLong) {
        boolean isUtf8() {
            return text.indexOf(UNREADABLE) < 0;
        }
    }

    /** The next line, or null after the last one. */
    @Nullable
    Line next() throws IOException {
        line.reset();
        int length = 0;
        int next = read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (length++ < LONGEST) {
                line.write(next);
            }
            next = read();
        }
        number++;
        return new Line(number, text(), length > LONGEST);
    }

    private String text() {
        var text = line.toString(StandardCharsets.UTF_8);
        var marked = number == 1 && text.startsWith(MARK) ? text.substring(1) : text;
        return marked.endsWith("\r") ? marked.substring(0, marked.length() - 1) : marked;
    }

    private int read() throws IOException {
        if (at == end) {
            end = in.read(buffer);
            at = 0;
            if (end <= 0) {
                end = 0;
                return -1;
            }
        }
        return buffer[at++] & 0xff;
    }
}
