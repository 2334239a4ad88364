package io.tappa.engine.coverage;

import io.tappa.engine.condition.PhraseWriter;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario;
import io.tappa.engine.pack.Scenario.Answer;
import io.tappa.engine.pack.Scenario.Assumed;
import io.tappa.engine.pack.Scenario.Shown;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.Placement;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes imagined visitors as scenarios. */
final class VisitText {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    /** What needs no quotes in YAML, between braces too. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}0-9][\\p{L}0-9 ._/%-]*");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");

    private final PackSnapshot pack;
    private final PhraseWriter phrases;

    VisitText(PackSnapshot pack) {
        this.pack = pack;
        this.phrases = new PhraseWriter(pack.settings().zone());
    }

    /** The visit of somebody with {@code facts}, of whom only what is not usual is told. */
    Scenario.Visit visit(Border border, Placement placement, long atMillis, FactValues facts, Assumed assumed) {
        var usual = pack.facts().assume(Collections.emptySortedMap(), Circumstances.at(atMillis));
        var told = new TreeMap<String, String>();
        for (var fact : pack.facts().facts()) {
            var value = isOwn(fact) ? value(fact, facts) : null;
            if (value != null && !value.equals(value(fact, usual))) {
                told.put(fact.id(), value);
            }
        }
        var stage = Objects.requireNonNull(facts.word(builtIn(Vocabulary.STAGE)));
        var reached = new TreeSet<>(
                Objects.requireNonNullElse(facts.words(builtIn(Vocabulary.REACHED)), Collections.emptySortedSet()));
        reached.remove(stage);
        var name = "%s: %s"
                .formatted(border.rule().id(), border.inWords(pack.settings().zone()));
        return new Scenario.Visit(
                name,
                border.rule().place(),
                atMillis,
                stage,
                reached,
                told,
                assumed,
                placement,
                new Shown(null, null, null));
    }

    private int builtIn(String name) {
        return Objects.requireNonNull(pack.facts().find(name)).index();
    }

    private static boolean isOwn(Fact fact) {
        return fact.source() instanceof Source.Gathered
                || fact.source() instanceof Source.Context
                || fact.source() instanceof Source.TimeInStage;
    }

    private @Nullable String value(Fact fact, FactValues facts) {
        if (!facts.knows(fact)) {
            return null;
        }
        if (fact.type().isNumeric()) {
            long number = facts.number(fact.index());
            return phrases.phrase(fact, Numbers.between(number, number));
        }
        var words = facts.words(fact.index());
        return words == null ? facts.word(fact.index()) : String.join(" or ", words);
    }

    /** Whether an author could write all of it. */
    boolean isWritable(Scenario.Visit visit) {
        return visit.facts().entrySet().stream().allMatch(told -> {
            var fact = Objects.requireNonNull(pack.facts().find(told.getKey()));
            return switch (fact.type()) {
                case WHOLE, NUMBER, MONEY -> NUMBER.matcher(told.getValue()).matches();
                default -> !told.getValue().isBlank();
            };
        });
    }

    Scenario.Visit expecting(Scenario.Visit visit, Shown expected) {
        return with(visit, visit.facts(), expected);
    }

    /** The same visit of somebody of whom {@code fact} is not told. */
    Scenario.Visit without(Scenario.Visit visit, String fact) {
        var others = new TreeMap<>(visit.facts());
        others.remove(fact);
        return with(visit, others, visit.expected());
    }

    private static Scenario.Visit with(Scenario.Visit visit, SortedMap<String, String> facts, Answer expected) {
        return new Scenario.Visit(
                visit.name(),
                visit.place(),
                visit.atMillis(),
                visit.stage(),
                visit.reached(),
                facts,
                visit.assumed(),
                visit.placement(),
                expected);
    }

    /** The scenario as an item of a list. */
    String yaml(Scenario.Visit visit) {
        var lines = new StringBuilder("  - scenario: %s\n".formatted(quoted(visit.name())));
        lines.append("    at: %s\n"
                .formatted(MINUTE.format(Instant.ofEpochMilli(visit.atMillis())
                        .atZone(pack.settings().zone()))));
        lines.append("    visitor: { %s }\n".formatted(visitor(visit)));
        lines.append("    where: %s\n".formatted(visit.placement().fullName()));
        if (!visit.assumed().consents().isEmpty()) {
            lines.append("    consent: { %s }\n"
                    .formatted(visit.assumed().consents().entrySet().stream()
                            .map(consent -> "%s: %s"
                                    .formatted(
                                            consent.getKey(), consent.getValue().key()))
                            .collect(Collectors.joining(", "))));
        }
        lines.append("    expect: %s\n".formatted(expected((Shown) visit.expected())));
        return lines.toString();
    }

    private String visitor(Scenario.Visit visit) {
        var stage = Stream.of("stage: " + visit.stage());
        var reached = visit.reached().isEmpty()
                ? Stream.<String>empty()
                : Stream.of("reached: " + String.join(" or ", visit.reached()));
        return Stream.of(stage, reached, facts(visit.facts()))
                .flatMap(told -> told)
                .collect(Collectors.joining(", "));
    }

    private Stream<String> facts(SortedMap<String, String> facts) {
        return facts.entrySet().stream().map(told -> {
            var fact = Objects.requireNonNull(pack.facts().find(told.getKey()));
            return "%s: %s".formatted(quoted(fact.label()), quoted(told.getValue()));
        });
    }

    private static String expected(Shown expected) {
        if (expected.offer() == null) {
            return "nothing";
        }
        return expected.because() == null
                ? "{ show: %s, fallback: yes }".formatted(expected.offer())
                : "{ show: %s, because: %s }".formatted(expected.offer(), expected.because());
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() && !text.endsWith(" ")
                ? text
                : "\"%s\"".formatted(text.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
