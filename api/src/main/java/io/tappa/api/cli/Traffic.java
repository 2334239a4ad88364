package io.tappa.api.cli;

import io.tappa.api.body.Unpacked;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.simulation.Rees46;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Recorded traffic in a file, {@code .csv} or {@code .csv.gz}. */
final class Traffic {
    private final Path file;
    private final @Nullable Instant until;
    private final AtomicLong bytesRead = new AtomicLong();

    Traffic(Path file, @Nullable Instant until) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed("There is no file %s.".formatted(file));
        }
        this.file = file;
        this.until = until;
    }

    /** How much of the file was read, 0 to 100. */
    int percent() {
        try {
            long size = Math.max(1, Files.size(file));
            return (int) Math.min(100, 100 * bytesRead.get() / size);
        } catch (IOException gone) {
            return 100;
        }
    }

    /** Hands over every event up to the last wanted moment, in the order of the file. */
    void read(Consumer<VisitorEvent> events, Consumer<Problem> problems) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
            var header = lines.readLine();
            if (!String.join(",", Rees46.HEADER).equals(header)) {
                throw new CommandFailed(
                        "%s does not begin with the columns %s.".formatted(file, String.join(",", Rees46.HEADER)));
            }
            int number = 1;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                var row = Rees46.read(line, file.toString(), number);
                var event = row.event();
                var problem = row.problem();
                if (event != null && (until == null || !event.time().isAfter(until))) {
                    events.accept(event);
                }
                if (problem != null) {
                    problems.accept(problem);
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private InputStream open() throws IOException {
        return Unpacked.of(new Counting(Files.newInputStream(file), bytesRead));
    }

    /** Counts what passes through. */
    private static final class Counting extends FilterInputStream {
        private final AtomicLong count;

        Counting(InputStream in, AtomicLong count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count.addAndGet(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count.addAndGet(Math.max(0, read));
            return read;
        }
    }
}
