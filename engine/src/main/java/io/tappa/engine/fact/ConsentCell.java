package io.tappa.engine.fact;

import io.tappa.engine.fact.Consent.Status;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said to each purpose.
 *
 * @param latest the newest statement by purpose
 * @param documented the newest statement with a source or a proof, by purpose
 */
public record ConsentCell(SortedMap<String, Statement> latest, SortedMap<String, Statement> documented)
        implements Cell {
    public ConsentCell {
        latest = Collections.unmodifiableSortedMap(new TreeMap<>(latest));
        documented = Collections.unmodifiableSortedMap(new TreeMap<>(documented));
    }

    /**
     * One statement.
     *
     * @param at when, in milliseconds since 1970
     * @param status what was said
     * @param source who told us, or empty
     * @param proof text that shows it, or empty
     */
    public record Statement(long at, Status status, String source, String proof) implements Comparable<Statement> {
        /** By time; of two in one millisecond the stricter is the later. */
        @Override
        public int compareTo(Statement other) {
            if (at != other.at) {
                return Long.compare(at, other.at);
            }
            int byStatus = status.compareTo(other.status);
            int bySource = byStatus != 0 ? byStatus : source.compareTo(other.source);
            return bySource != 0 ? bySource : proof.compareTo(other.proof);
        }

        private boolean isDocumented() {
            return !source.isEmpty() || !proof.isEmpty();
        }
    }

    /** What was said at several moments, one statement for each purpose. */
    public static ConsentCell of(SortedMap<String, Statement> said) {
        var documented = new TreeMap<>(said);
        documented.values().removeIf(statement -> !statement.isDocumented());
        return new ConsentCell(said, documented);
    }

    /** What was said all at once at {@code atMillis}, by purpose, with neither source nor proof. */
    public static ConsentCell said(SortedMap<String, Status> statuses, long atMillis) {
        var statements = new TreeMap<String, Statement>();
        statuses.forEach((purpose, status) -> statements.put(purpose, new Statement(atMillis, status, "", "")));
        return of(statements);
    }

    /** What was said in both, the newest statement to each purpose. */
    public ConsentCell plus(ConsentCell other) {
        return new ConsentCell(newest(latest, other.latest), newest(documented, other.documented));
    }

    private static SortedMap<String, Statement> newest(
            SortedMap<String, Statement> left, SortedMap<String, Statement> right) {
        var both = new TreeMap<>(left);
        right.forEach((purpose, said) ->
                both.merge(purpose, said, (known, more) -> known.compareTo(more) >= 0 ? known : more));
        return both;
    }

    /** What holds for {@code name}: where that is one channel's part of a purpose, the stricter of both; null when nothing was said. */
    public @Nullable Status holding(String name) {
        var wider = Consent.wider(name);
        var own = latest.get(name);
        var all = wider == null ? null : latest.get(wider);
        if (own == null || all == null) {
            return own != null ? own.status() : all != null ? all.status() : null;
        }
        return own.status().compareTo(all.status()) >= 0 ? own.status() : all.status();
    }

    /** The same, with each of {@code purposes} denied as of {@code atMillis} if it was not. */
    public ConsentCell denying(Collection<String> purposes, long atMillis) {
        var said = new TreeMap<>(latest);
        for (var purpose : purposes) {
            var known = said.get(purpose);
            if (known == null || known.status() != Status.DENIED) {
                said.put(purpose, new Statement(atMillis, Status.DENIED, "", ""));
            }
        }
        return new ConsentCell(said, documented);
    }

    /** What holds for {@code purpose}, with its proof where there is one that says the same; null when nothing was said. */
    public @Nullable Statement on(String purpose) {
        var said = latest.get(purpose);
        var proven = documented.get(purpose);
        return said != null && proven != null && proven.status() == said.status() ? proven : said;
    }

    /** Only what is denied, and since when, without source and proof; null when nothing is. */
    public @Nullable ConsentCell denials() {
        var denied = new TreeMap<String, Statement>();
        latest.forEach((purpose, said) -> {
            if (said.status() == Status.DENIED) {
                denied.put(purpose, new Statement(said.at(), Status.DENIED, "", ""));
            }
        });
        return denied.isEmpty() ? null : of(denied);
    }

    /**
     * What one person said under several ids that were joined at {@code joinedMillis}: the newest statement since then, that
     * very moment included, else the strictest of all.
     */
    public static ConsentCell ofOnePerson(Collection<ConsentCell> cells, long joinedMillis) {
        var all = new ConsentCell(new TreeMap<>(), new TreeMap<>());
        for (var cell : cells) {
            all = all.plus(cell);
        }
        var strict = new TreeMap<>(all.latest);
        for (var cell : cells) {
            cell.latest.forEach((purpose, said) -> strict.computeIfPresent(
                    purpose,
                    (key, known) ->
                            known.at() < joinedMillis && said.status().compareTo(known.status()) > 0 ? said : known));
        }
        return new ConsentCell(strict, all.documented);
    }
}
