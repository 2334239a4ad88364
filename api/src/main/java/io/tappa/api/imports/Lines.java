package io.tappa.api.imports;

import io.tappa.api.body.Line;
import io.tappa.api.body.LineCutter;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a body that is read on a thread that may wait. */
final class Lines {
    /** Longest line, in bytes. */
    static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[8 * 1024];
    private final LineCutter cutter = new LineCutter(LONGEST);
    private int at;
    private int end;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line, or null after the last one. */
    @Nullable
    Line next() throws IOException {
        while (at < end || fill()) {
            var line = cutter.take(buffer[at++]);
            if (line != null) {
                return line;
            }
        }
        return cutter.rest();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }
}
