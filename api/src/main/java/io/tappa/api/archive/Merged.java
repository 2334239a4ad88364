package io.tappa.api.archive;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Sorted files as one: each decision once, as the new files have it where they do, and always the same of what they have. */
final class Merged implements Iterator<ArchiveLine> {
    private final PriorityQueue<Source> sources = new PriorityQueue<>(Source.FIRST);

    private long added;

    /** What is to be read of one file. */
    private record Source(ArchiveLine next, Iterator<ArchiveLine> rest, boolean isNew) {
        private static final Comparator<Source> FIRST = Comparator.<Source, String>comparing(
                        source -> source.next().uuid())
                .thenComparing(Source::isNew, Comparator.reverseOrder())
                .thenComparing(Source::next, ArchiveLine.IN_ORDER);
    }

    Merged(Iterator<ArchiveLine> known, List<? extends Iterator<ArchiveLine>> files) {
        add(known, false);
        files.forEach(file -> add(file, true));
    }

    private void add(Iterator<ArchiveLine> rest, boolean isNew) {
        if (rest.hasNext()) {
            sources.add(new Source(rest.next(), rest, isNew));
        }
    }

    @Override
    public boolean hasNext() {
        return !sources.isEmpty();
    }

    @Override
    public ArchiveLine next() {
        if (sources.isEmpty()) {
            throw new NoSuchElementException();
        }
        var taken = take();
        var line = taken.next();
        boolean isNew = taken.isNew();
        while (!sources.isEmpty() && sources.element().next().uuid().equals(line.uuid())) {
            isNew &= take().isNew();
        }
        added += isNew ? 1 : 0;
        return line;
    }

    private Source take() {
        var source = sources.remove();
        add(source.rest(), source.isNew());
        return source;
    }

    /** How many decisions of those taken so far only new files have. */
    long added() {
        return added;
    }
}
