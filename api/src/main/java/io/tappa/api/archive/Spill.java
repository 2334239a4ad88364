package io.tappa.api.archive;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lines on their way into the archive, as they come, in one plain file for each hour; then sorted piece by piece. */
final class Spill implements AutoCloseable {
    private static final int MOST_OPEN = 64;
    /** How much is sorted in memory at once, in characters. */
    private static final int PIECE = 8_000_000;

    private final Path work;
    private final int piece;
    private final SortedSet<Long> hours = new TreeSet<>();
    private final LinkedHashMap<Long, BufferedWriter> open = new LinkedHashMap<>(MOST_OPEN, 0.75f, true);

    Spill(Path work) {
        this(work, PIECE);
    }

    Spill(Path work, int piece) {
        this.work = work;
        this.piece = piece;
    }

    /** Keeps a line of an hour since 1970. */
    void add(long hour, ArchiveLine line) throws IOException {
        var writer = open.get(hour);
        if (writer == null) {
            makeRoom();
            ArchiveFolder.createPrivately(work);
            writer = Files.newBufferedWriter(file(hour), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            open.put(hour, writer);
            hours.add(hour);
        }
        writer.write(line.text());
        writer.write('\n');
    }

    private void makeRoom() throws IOException {
        var oldest = open.values().iterator();
        if (open.size() >= MOST_OPEN) {
            var writer = oldest.next();
            oldest.remove();
            writer.close();
        }
    }

    /** Where it works. */
    Path work() {
        return work;
    }

    private Path file(long hour) {
        return work.resolve("hour-" + hour);
    }

    /** The hours of which there are lines, oldest first; no more lines are added. */
    SortedSet<Long> hours() throws IOException {
        close();
        return Collections.unmodifiableSortedSet(hours);
    }

    /** Sorts the lines of an hour into files, each of which is in order. */
    List<Path> sorted(long hour) throws IOException {
        var sorted = new ArrayList<Path>();
        try (var lines = Lines.of(file(hour))) {
            while (lines.hasNext()) {
                sorted.add(write(hour, sorted.size(), piece(lines)));
            }
        }
        Files.delete(file(hour));
        return sorted;
    }

    private List<ArchiveLine> piece(Iterator<ArchiveLine> lines) {
        var some = new ArrayList<ArchiveLine>();
        long size = 0;
        while (lines.hasNext() && size < piece) {
            var line = lines.next();
            size += line.text().length();
            some.add(line);
        }
        some.sort(ArchiveLine.IN_ORDER);
        return some;
    }

    private Path write(long hour, int number, List<ArchiveLine> lines) throws IOException {
        var file = work.resolve("hour-%d-%d".formatted(hour, number));
        try (var writer = Files.newBufferedWriter(file)) {
            for (var line : lines) {
                writer.write(line.text());
                writer.write('\n');
            }
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        for (var writer : open.values()) {
            writer.close();
        }
        open.clear();
    }
}
