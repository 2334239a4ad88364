package io.tappa.engine.simulation;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.condition.ValueSet.InTheLast;
import io.tappa.engine.condition.ValueSet.Interval;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Random visitors where rules go wrong if they ever do: every number at a threshold of some rule or one beside it, every
 * word one that rules name or one like it, and much unknown. Half of them nearly fit some rule.
 */
final class BorderVisitors {
    private static final long MOMENT = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();
    private static final int TRIES = 20;
    /** One in so many conditions of an aimed-at rule is left to chance. */
    private static final int MISSED = 8;

    private final FactCatalog facts;
    private final Random random;
    private final List<Box> boxes;
    private final SortedMap<Integer, SortedSet<Long>> numbers = new TreeMap<>();
    private final SortedMap<Integer, SortedSet<String>> words = new TreeMap<>();

    BorderVisitors(PackSnapshot pack, long seed) {
        this.facts = pack.facts();
        this.random = new Random(seed);
        this.boxes = Stream.concat(pack.moves().rules().stream(), pack.decisions().rules().stream())
                .flatMap(rule -> rule.alternatives().stream())
                .toList();
        boxes.forEach(box -> box.conditions().forEach(this::learn));
    }

    /** One more visitor. */
    FactValues next() {
        var visitor = facts.blank(MOMENT);
        facts.facts().forEach(fact -> draw(visitor, fact));
        if (!boxes.isEmpty() && random.nextBoolean()) {
            boxes.get(random.nextInt(boxes.size())).conditions().forEach(condition -> aim(visitor, condition));
        }
        return visitor;
    }

    private void aim(FactValues visitor, Condition condition) {
        if (random.nextInt(MISSED) == 0) {
            return;
        }
        for (int i = 0; i < TRIES && !condition.holds(visitor); i++) {
            if (i < TRIES / 2) {
                draw(visitor, condition.fact());
            } else {
                drawFrom(visitor, condition);
            }
        }
    }

    private void draw(FactValues visitor, Fact fact) {
        visitor.forget(fact.index());
        var known = words.getOrDefault(fact.index(), new TreeSet<>());
        if (fact.type() == FactType.WORDS) {
            visitor.put(fact.index(), some(known));
        } else if (random.nextInt(5) > 0) {
            if (fact.type().isNumeric()) {
                visitor.put(fact.index(), one(numbers.getOrDefault(fact.index(), new TreeSet<>(List.of(0L, 1L)))));
            } else {
                visitor.put(fact.index(), one(known.isEmpty() ? new TreeSet<>(List.of("other")) : known));
            }
        }
    }

    /** A value of this very condition: among many rules about one fact, chance alone would rarely meet it. */
    private void drawFrom(FactValues visitor, Condition condition) {
        int index = condition.fact().index();
        var values = condition.values();
        if (values instanceof Numbers some && !some.intervals().isEmpty()) {
            var interval = some.intervals().get(random.nextInt(some.intervals().size()));
            visitor.put(index, interval.low() > FactValues.LOWEST ? interval.low() : interval.high());
        } else if (values instanceof Words some
                && !some.negated()
                && !some.words().isEmpty()) {
            if (condition.fact().type() == FactType.WORDS) {
                visitor.put(index, new TreeSet<>(List.of(one(some.words()))));
            } else {
                visitor.put(index, one(some.words()));
            }
        }
    }

    private SortedSet<String> some(SortedSet<String> from) {
        var some = new TreeSet<String>();
        for (var word : from) {
            if (random.nextInt(3) == 0) {
                some.add(word);
            }
        }
        return some;
    }

    private <T> T one(SortedSet<T> from) {
        return from.stream().skip(random.nextInt(from.size())).findFirst().orElseThrow();
    }

    private void learn(Condition condition) {
        int index = condition.fact().index();
        ValueSet values = condition.values();
        if (values instanceof Words listed) {
            var known = words.computeIfAbsent(index, key -> new TreeSet<>(List.of("other", "")));
            for (var word : listed.words()) {
                known.add(word);
                known.add(word + "x");
                known.add(word.toUpperCase(Locale.ROOT));
            }
        } else if (values instanceof Numbers some) {
            some.intervals().forEach(interval -> learn(index, interval));
        } else if (values instanceof InTheLast last) {
            around(index, MOMENT - last.within().toMillis());
            around(index, MOMENT);
        }
    }

    private void learn(int index, Interval interval) {
        if (interval.low() > FactValues.LOWEST) {
            around(index, interval.low());
        }
        if (interval.high() < Long.MAX_VALUE) {
            around(index, interval.high());
        }
    }

    private void around(int index, long threshold) {
        var known = numbers.computeIfAbsent(index, key -> new TreeSet<>(List.of(0L, FactValues.LOWEST)));
        known.addAll(List.of(threshold - 1, threshold, threshold + 1));
    }
}
