package io.tappa.api.cli;

import io.tappa.api.body.Unpacked;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** A file to import, or the standard input; unpacked if it is a gzip file. */
final class RowFile implements AutoCloseable {
    private static final int LOOK_AHEAD = 512;

    private final BufferedInputStream content;

    private RowFile(InputStream content) {
        this.content = new BufferedInputStream(content);
    }

    /** Opens the file called {@code name}, {@code -} for the standard input; {@code percent} hears how much was read. */
    static RowFile open(String name, IntConsumer percent) throws IOException {
        if (name.equals("-")) {
            return unpacked(System.in);
        }
        var file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed("There is no file %s.".formatted(file));
        }
        return unpacked(new Watched(Files.newInputStream(file), Math.max(1, Files.size(file)), percent));
    }

    private static RowFile unpacked(InputStream in) throws IOException {
        return new RowFile(Unpacked.of(in));
    }

    InputStream content() {
        return content;
    }

    /** What the first character says: an object is NDJSON, a tag is XML, all else is CSV. */
    String contentType() throws IOException {
        content.mark(LOOK_AHEAD);
        int first = content.read();
        for (int i = 1; i < LOOK_AHEAD && (Character.isWhitespace(first) || first > 0x7f); i++) {
            first = content.read();
        }
        content.reset();
        return switch (first) {
            case '{' -> "application/x-ndjson";
            case '<' -> "application/xml";
            default -> "text/csv";
        };
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    /** Says how much of the file has passed through. */
    private static final class Watched extends FilterInputStream {
        private final long size;
        private final IntConsumer percent;
        private long passed;

        Watched(InputStream in, long size, IntConsumer percent) {
            super(in);
            this.size = size;
            this.percent = percent;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            pass(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            pass(Math.max(0, read));
            return read;
        }

        private void pass(int bytes) {
            passed += bytes;
            percent.accept((int) Math.min(100, 100 * passed / size));
        }
    }
}
