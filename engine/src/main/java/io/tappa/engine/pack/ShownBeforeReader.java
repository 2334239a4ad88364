package io.tappa.engine.pack;

import io.tappa.engine.condition.Durations;
import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads {@code already shown: { voucher-10: 2 times in the last 3 days }}: what the visitor was shown before. Such times are
 * spread evenly over the stretch, its ends left out.
 */
final class ShownBeforeReader {
    private static final String KEY = "already shown";
    private static final Pattern PHRASE = Pattern.compile(
            "(?:(?<once>once|1 time)|(?<times>[0-9]{1,3}) times)? *(?:(?<now>just now)|(?<ago>.+) ago|in the last (?<last>.+))");
    private static final Pattern MOMENT = Pattern.compile("[0-9]{4}-.*");

    private final Vocabulary words;
    private final Problems problems;

    ShownBeforeReader(Vocabulary words, Problems problems) {
        this.words = words;
        this.problems = problems;
    }

    /** When each offer was shown before {@code atMillis}, oldest first. */
    SortedMap<String, List<Long>> read(Fields fields, long atMillis) {
        var shown = new TreeMap<String, List<Long>>();
        var map = fields.take(KEY);
        if (map == null) {
            return shown;
        }
        map.entries(problems, "what was shown, by offer").forEach((offer, phrases) -> {
            if (words.offers().find(offer.text()) == null) {
                problems.error(
                        "unknown-offer",
                        offer.place(),
                        "There is no offer \"%s\".".formatted(offer.text()),
                        Suggestion.cure(offer.text(), "offers", words.offers().keys()));
                return;
            }
            var times = new ArrayList<Long>();
            phrases.items().forEach(phrase -> times.addAll(times(phrase, atMillis)));
            Collections.sort(times);
            shown.put(offer.text(), List.copyOf(times));
        });
        return shown;
    }

    private List<Long> times(YamlNode phrase, long atMillis) {
        if (MOMENT.matcher(phrase.text()).matches()) {
            return moment(phrase, atMillis);
        }
        var parts = PHRASE.matcher(phrase.text());
        if (!parts.matches()) {
            return unreadable(phrase);
        }
        int count = parts.group("times") == null ? 1 : Integer.parseInt(parts.group("times"));
        if (count < 1 || count > FrequencyCap.MOST_TIMES) {
            problems.error(
                    "wrong-type",
                    phrase.place(),
                    "%d times cannot be counted.".formatted(count),
                    "Write 1 to %d times.".formatted(FrequencyCap.MOST_TIMES));
            return List.of();
        }
        if (parts.group("now") != null) {
            return Collections.nCopies(count, atMillis);
        }
        boolean spread = parts.group("last") != null;
        var length = Durations.parse(spread ? parts.group("last") : parts.group("ago"));
        if (length == null || length.isZero()) {
            return unreadable(phrase);
        }
        return spread
                ? spread(count, length.toMillis(), atMillis)
                : Collections.nCopies(count, atMillis - length.toMillis());
    }

    private static List<Long> spread(int count, long millis, long atMillis) {
        var times = new ArrayList<Long>();
        for (int part = 1; part <= count; part++) {
            times.add(atMillis - millis * part / (count + 1));
        }
        return times;
    }

    private List<Long> moment(YamlNode phrase, long atMillis) {
        int before = problems.count();
        long moment = RuleFields.from(phrase.text(), words.facts().zone(), phrase.place(), problems);
        if (problems.count() == before && moment > atMillis && atMillis != Long.MIN_VALUE) {
            problems.error(
                    "wrong-time",
                    phrase.place(),
                    "\"%s\" is later than the decision.".formatted(phrase.text()),
                    "Write a moment before \"at\", or just now.");
        }
        return problems.count() > before ? List.of() : List.of(moment);
    }

    private List<Long> unreadable(YamlNode phrase) {
        problems.error(
                "wrong-phrase",
                phrase.place(),
                "\"%s\" does not say when it was shown.".formatted(phrase.text()),
                "Write just now, 3 days ago, 2 times in the last 3 days, or a moment such as 2026-03-01 18:00.");
        return List.of();
    }
}
