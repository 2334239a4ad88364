package io.tappa.api.imports;

import io.tappa.api.body.Unpacked;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that may be packed, and ends with a refusal where it is larger than any import. */
final class BodyStream extends FilterInputStream {
    /** Largest body, unpacked, in bytes. */
    static final long LARGEST = 1L << 30;

    private long length;

    private BodyStream(InputStream in) {
        super(in);
    }

    /** The content of {@code body}, unpacked if it is a gzip file. */
    static InputStream of(InputStream body) throws IOException {
        return new BodyStream(Unpacked.of(body));
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
