package io.tappa.engine.pack;

import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.NamedConditions.Named;
import io.tappa.engine.persona.Segment;
import io.tappa.engine.persona.Segments;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code segments.yaml}; a segment may ask for others, as long as none asks for itself in the end. */
final class SegmentReader {
    private static final String CURE = "Write out the conditions of one of them.";

    private final NamedConditions named;

    SegmentReader(@Nullable YamlNode root, Problems problems) {
        this.named = new NamedConditions(root, "segments", "a segment", problems);
    }

    List<String> keys() {
        return named.keys();
    }

    Segments read(ConditionReader conditions, Vocabulary words) {
        var all = new LinkedHashMap<String, Named>();
        for (var one : named.read(conditions)) {
            all.put(one.key(), one);
            if (one.asks(fact -> PersonaReader.isFirst(fact.source(), true))) {
                named.circular(one, "asks which segment matches first", "Ask for the segment itself: segment: ….");
            }
        }
        var ordered = new Ordering(all).inAskingOrder();
        return new Segments(
                all.values().stream().map(SegmentReader::segment).toList(),
                ordered.stream().map(SegmentReader::segment).toList(),
                words.builtIn(Vocabulary.SEGMENT).index());
    }

    private static Segment segment(Named one) {
        return new Segment(one.key(), one.alternatives());
    }

    /** The segments that the conditions of one name. */
    private static SortedSet<String> asked(Named one) {
        var asked = new TreeSet<String>();
        for (var box : one.alternatives()) {
            for (var condition : box.conditions()) {
                if (condition.fact().source() instanceof Source.Segments
                        && condition.values() instanceof ValueSet.Words words) {
                    asked.addAll(words.words());
                }
            }
        }
        return asked;
    }

    /** Puts each segment after those it asks for. */
    private final class Ordering {
        private final Map<String, Named> all;
        private final List<String> path = new ArrayList<>();
        private final Map<String, Named> done = new LinkedHashMap<>();
        private final SortedSet<String> told = new TreeSet<>();

        Ordering(Map<String, Named> all) {
            this.all = all;
        }

        List<Named> inAskingOrder() {
            all.keySet().forEach(this::visit);
            return List.copyOf(done.values());
        }

        private void visit(String key) {
            if (done.containsKey(key)) {
                return;
            }
            int before = path.indexOf(key);
            if (before >= 0) {
                tell(path.subList(before, path.size()));
                return;
            }
            var one = Objects.requireNonNull(all.get(key));
            path.add(key);
            asked(one).forEach(this::visit);
            path.remove(path.size() - 1);
            done.put(key, one);
        }

        private void tell(List<String> circle) {
            if (told.add(circle.get(0))) {
                var others = String.join(" and ", circle.subList(1, circle.size()));
                named.circular(
                        Objects.requireNonNull(all.get(circle.get(0))),
                        others.isEmpty() ? "asks for itself" : "asks for itself by way of " + others,
                        CURE);
            }
        }
    }
}
