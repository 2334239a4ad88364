package io.tappa.api.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one after the other; reading fails with an {@link UncheckedIOException}. */
final class Lines implements Iterator<ArchiveLine>, AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final BufferedReader reader;
    private @Nullable ArchiveLine next;

    private Lines(InputStream file) throws IOException {
        reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8), BUFFER);
        read();
    }

    /** Those of a compressed file; none where there is no such file. */
    static Lines ofCompressed(Path file) throws IOException {
        try {
            return closedUnlessRead(new GZIPInputStream(Files.newInputStream(file), BUFFER));
        } catch (NoSuchFileException none) {
            return new Lines(InputStream.nullInputStream());
        }
    }

    /** Those of a plain file. */
    static Lines of(Path file) throws IOException {
        return closedUnlessRead(Files.newInputStream(file));
    }

    private static Lines closedUnlessRead(InputStream file) throws IOException {
        try {
            return new Lines(file);
        } catch (IOException | RuntimeException unreadable) {
            file.close();
            throw unreadable;
        }
    }

    private void read() throws IOException {
        var line = reader.readLine();
        next = line == null ? null : new ArchiveLine(line);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ArchiveLine next() {
        var line = next;
        if (line == null) {
            throw new NoSuchElementException();
        }
        try {
            read();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
