package io.tappa.engine.pack;

import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pause.Kind;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code paused: [ offer voucher-10, everything ]}: the words of the command that pauses. */
final class PausedReader {
    private static final Pattern KIND_AND_NAME = Pattern.compile("([^ :]+)(?: *: *| +)(\\S+)");
    private static final String FORMS =
            "Write everything, channel NAME, campaign KEY, offer KEY or rule ID, for example: paused: [ offer %s ].";

    private final Vocabulary words;
    private final @Nullable SortedSet<String> rules;
    private final @Nullable Programme programme;
    private final Problems problems;

    PausedReader(ScenarioGround ground, Problems problems) {
        this.words = ground.words();
        this.rules = ground.rules();
        this.programme = ground.programme();
        this.problems = problems;
    }

    /** What is paused, as a {@link Pause} names it. */
    SortedSet<String> read(Fields fields) {
        var paused = new TreeSet<String>();
        var list = fields.take("paused");
        for (var item : list == null ? List.<YamlNode>of() : list.items()) {
            var what = what(item);
            if (what != null) {
                paused.add(what);
            }
        }
        return paused;
    }

    private @Nullable String what(YamlNode item) {
        if (item.text().equals(Pause.EVERYTHING)) {
            return Pause.EVERYTHING;
        }
        var parts = KIND_AND_NAME.matcher(item.text());
        boolean hasTwo = parts.matches();
        var kind = hasTwo ? kind(parts.group(1)) : null;
        if (kind == null) {
            problems.error(
                    "wrong-phrase",
                    item.place(),
                    item.isText()
                            ? "\"%s\" names nothing that can be paused.".formatted(item.text())
                            : "Here the name of something that can be paused is needed.",
                    meant(item.text(), hasTwo ? parts.group(1) : null));
            return null;
        }
        var name = parts.group(2);
        var known = known(kind);
        if (known != null && !known.contains(name)) {
            problems.error(
                    "unknown-" + kind.key(),
                    item.place(),
                    "There is no %s \"%s\".".formatted(kind.key(), name),
                    Suggestion.cure(name, kind.key() + "s", known));
            return null;
        }
        return kind.named(name);
    }

    private static @Nullable Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.key().equals(word))
                .findFirst()
                .orElse(null);
    }

    /** All names of a kind; null where any may be meant. */
    private @Nullable Collection<String> known(Kind kind) {
        return switch (kind) {
            case RULE -> rules;
            case OFFER -> words.offers().keys();
            case CAMPAIGN -> programme == null ? null : programme.campaigns().keys();
            case CHANNEL -> words.touchpoints().channels();
        };
    }

    /** The cure of a wrong form: a name without its kind, or a kind that is misspelt. */
    private String meant(String text, @Nullable String kindWritten) {
        for (var kind : Kind.values()) {
            var known = known(kind);
            if (known != null && known.contains(text)) {
                return "Did you mean \"%s %s\"? %s".formatted(kind.key(), text, forms());
            }
        }
        var words = kindWritten == null
                ? List.of(Pause.EVERYTHING)
                : Arrays.stream(Kind.values()).map(Kind::key).toList();
        var nearest = Suggestion.nearest(kindWritten == null ? text : kindWritten, words);
        return nearest == null ? forms() : "Did you mean \"%s\"? %s".formatted(nearest, forms());
    }

    private String forms() {
        var offers = words.offers().keys();
        return FORMS.formatted(offers.isEmpty() ? "voucher" : offers.first());
    }
}
