package io.tappa.api.imports;

import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** A body that may be packed, and ends with a refusal where it is larger than any import. */
final class BodyStream extends FilterInputStream {
    /** Largest body, unpacked, in bytes. */
    static final long LARGEST = 1L << 30;

    private static final int FIRST_GZIP_BYTE = 0x1f;
    private static final int SECOND_GZIP_BYTE = 0x8b;

    private long length;

    private BodyStream(InputStream in) {
        super(in);
    }

    /** The content of {@code body}, unpacked if it is a gzip file. */
    static InputStream of(InputStream body) throws IOException {
        var buffered = new BufferedInputStream(body);
        buffered.mark(2);
        boolean packed = buffered.read() == FIRST_GZIP_BYTE && buffered.read() == SECOND_GZIP_BYTE;
        buffered.reset();
        return new BodyStream(packed ? new GZIPInputStream(buffered) : buffered);
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        int read = super.read(buffer, offset, most);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) {
        length += bytes;
        if (length > LARGEST) {
            throw new HttpProblem(
                    ProblemCode.TOO_LARGE,
                    "",
                    "The body has more than %,d bytes.".formatted(LARGEST),
                    "Split the file; what came before was imported.");
        }
    }
}
