package io.tappa.api.cli;

import io.tappa.api.cli.RecordedVersions.LeftOut;
import io.tappa.engine.simulation.ReplayReport;
import io.tappa.engine.simulation.ReplayReport.Example;
import io.tappa.engine.simulation.ReplayReport.Idle;
import io.tappa.engine.simulation.ReplayReport.Kind;
import io.tappa.engine.simulation.ReplayReport.Slice;
import io.tappa.engine.simulation.ReplayReport.Swaps;
import io.tappa.engine.simulation.ReplayReport.Unjudged;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** What a replay gave, as a table for people. */
final class ReplayTable {
    private static final int MOST_RULES = 50;
    private static final String NOTHING = "(nothing)";

    private final ReplayResult result;
    private final ReplayReport report;
    private final StringBuilder text = new StringBuilder();

    private ReplayTable(ReplayResult result) {
        this.result = result;
        this.report = result.report();
    }

    static String of(ReplayResult result) {
        var table = new ReplayTable(result);
        table.head();
        if (!table.report.changesNothing()) {
            table.changes();
        }
        table.idleRules();
        table.unjudged();
        table.report.examples().forEach(table::example);
        return table.text.toString();
    }

    private void line(String sentence) {
        text.append(sentence).append(System.lineSeparator());
    }

    private void title(String title, String... columns) {
        line("");
        row(title, columns);
    }

    private void row(String name, String... columns) {
        var row = new StringBuilder("%-58s".formatted(name));
        for (var column : columns) {
            row.append(" %9s".formatted(column));
        }
        line(row.toString().stripTrailing());
    }

    private void row(String name, long count) {
        row("  " + name, "%,d".formatted(count));
    }

    private void row(String name, long first, long second) {
        row("  " + name, "%,d".formatted(first), "%,d".formatted(second));
    }

    private void head() {
        line("%,d decisions, %,d placements, decided again by %s; live is %s"
                .formatted(report.decisions(), report.placements(), report.draft(), result.live()));
        result.versions().forEach((version, decisions) -> row("made by " + version, decisions));
        result.leftOut().forEach((reason, decisions) -> row(words(reason), decisions));
        if (result.unsampled() > 0) {
            row("left out by the sample", result.unsampled());
        }
        if (report.changesNothing()) {
            line("Nothing would change.");
        } else {
            line("%,d decisions (%.1f %%) would show something else, at %,d placements."
                    .formatted(
                            report.changedDecisions(),
                            100.0 * report.changedDecisions() / report.decisions(),
                            report.changedPlacements()));
        }
    }

    private void changes() {
        title("What changes", "placements");
        report.kinds().forEach((kind, count) -> row(words(kind), count));
        report.gone().forEach((name, count) -> row(name + " is gone, so not compared", count));
        if (report.swaps().displays() > 0) {
            title("Who takes whose displays", "displays");
            swaps(report.swaps(), "");
            title("Offers with more or fewer displays", "before", "now");
            report.offers().forEach((offer, displays) -> {
                if (displays.before() != displays.now()) {
                    row(offer, displays.before(), displays.now());
                }
            });
        }
        slices("By placement", report.byPlacement(), "");
        slices("By stage", report.byStage(), "(not known)");
        slices("By persona", report.byPersona(), "(none)");
    }

    private void swaps(Swaps swaps, String indent) {
        swaps.largest().forEach(swap -> row(indent + said(swap.from()) + " -> " + said(swap.to()), swap.displays()));
        if (swaps.others() > 0) {
            row(indent + "others", swaps.others());
        }
    }

    private static String said(String offer) {
        return offer.isEmpty() ? NOTHING : offer;
    }

    private void slices(String title, SortedMap<String, Slice> slices, String unnamed) {
        if (report.changedPlacements() == 0) {
            return;
        }
        title(title, "changed", "of");
        slices.forEach((name, slice) -> {
            if (slice.changed() > 0) {
                row(name.isEmpty() ? unnamed : name, slice.changed(), slice.placements());
                swaps(slice.swaps(), "  ");
            }
        });
    }

    private void idleRules() {
        if (report.decisions() == 0 || report.idleRules().isEmpty()) {
            return;
        }
        title("Rules that never won in these decisions");
        report.idleRules().entrySet().stream()
                .limit(MOST_RULES)
                .forEach(rule -> line("  %-40s %s".formatted(rule.getKey(), words(rule.getValue()))));
        if (report.idleRules().size() > MOST_RULES) {
            line("  and %,d more; --json tells them all"
                    .formatted(report.idleRules().size() - MOST_RULES));
        }
    }

    private void unjudged() {
        if (!report.unjudged().isEmpty()) {
            title("Cannot be judged from these records", "decisions");
            report.unjudged().forEach(one -> row(words(one), one.decisions()));
        }
    }

    private void example(Example example) {
        line("");
        line("%s, %s%s: %s -> %s"
                .formatted(
                        Instant.ofEpochMilli(example.atMillis()),
                        example.placement(),
                        example.stage().isEmpty() ? "" : ", stage " + example.stage(),
                        said(example.from()),
                        said(example.to())));
        line("  then: " + example.whyBefore());
        line("  now:  " + example.whyNow());
        if (!example.whyNot().isEmpty()) {
            line("  %s: %s".formatted(said(example.from()), example.whyNot()));
        }
        line("  decision " + example.id());
    }

    private static String said(List<String> offers) {
        return offers.isEmpty() ? NOTHING : String.join(", ", offers);
    }

    private static String words(LeftOut reason) {
        return switch (reason) {
            case UNKNOWN_VERSION -> "made by versions not known, not replayed";
            case UNKNOWN_SURROUNDINGS -> "surroundings no longer kept, not replayed";
            case NOT_AS_RECORDED -> "do not come out as recorded, not replayed";
        };
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case APPEARS -> "something stands where nothing stood";
            case DISAPPEARS -> "nothing stands where something stood";
            case FALLBACK -> "the fallback stands where an offer had won";
            case NO_FALLBACK -> "an offer wins where the fallback stood";
            case OTHER_OFFER -> "another offer";
            case OTHER_ORDER -> "the same offers in another order";
            case OTHER_TEXT -> "the same offers with other texts";
        };
    }

    private static String words(Idle idle) {
        return switch (idle) {
            case NOT_ASKED -> "nobody asked for its placements";
            case NOT_JUDGED -> "asks what no record tells, so nobody knows";
            case NEVER_MATCHED -> "its conditions never held";
            case NEVER_WON -> "its conditions held, but it decided nothing";
        };
    }

    private static String words(Unjudged unjudged) {
        return switch (unjudged.what()) {
            case FACT -> "fact %s: not on record, taken as unknown".formatted(unjudged.name());
            case OTHER_DEFINITION -> "fact %s: gathered otherwise, taken as recorded".formatted(unjudged.name());
            case CONSENT -> "consent to %s: not on record".formatted(unjudged.name());
            case CAP -> "cap %s: begins at none".formatted(unjudged.name());
            case EXCLUSION -> "%s: begins at none".formatted(unjudged.name());
            case PRESSURE -> "pressure: counted otherwise";
            case DRAW -> "%s: not drawn for all of them".formatted(unjudged.name());
        };
    }
}
