package io.tappa.api.body;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Content that may be a gzip file; its first two bytes tell, whatever it is called. */
public final class Unpacked {
    private static final int FIRST_GZIP_BYTE = 0x1f;
    private static final int SECOND_GZIP_BYTE = 0x8b;

    private Unpacked() {}

    /** The content of {@code in}, unpacked if it is a gzip file. */
    public static InputStream of(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in);
        buffered.mark(2);
        boolean packed = buffered.read() == FIRST_GZIP_BYTE && buffered.read() == SECOND_GZIP_BYTE;
        buffered.reset();
        return packed ? new GZIPInputStream(buffered) : buffered;
    }
}
