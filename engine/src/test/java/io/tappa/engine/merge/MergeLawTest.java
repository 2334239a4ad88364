package io.tappa.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random files, and random edits of different entries on both sides. */
class MergeLawTest {
    private static final String FILE = "decisions/home.yaml";

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /**
     * An entry as an author wrote it.
     *
     * @param above empty lines and remarks that do not belong to it
     * @param text its lines, with the comments that do
     */
    private record Entry(String id, String above, String text) {
        Entry with(String otherText) {
            return new Entry(id, above, otherText);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void editsOfDifferentEntriesNeverMeetAndAllAreThere(int seed) {
        var random = new Random(seed);
        var base = file(random);
        var ours = new ArrayList<>(base);
        var theirs = new ArrayList<>(base);
        for (int i = 0; i < base.size(); i++) {
            int dice = random.nextInt(3);
            if (dice < 2) {
                edit(dice == 0 ? ours : theirs, base.get(i), (dice == 0 ? "our-" : "their-") + i, random);
            }
        }

        var merged = merged(base, ours, theirs);

        assertThat(merged.conflicts())
                .as(text(base) + "\n" + text(ours) + "\n" + text(theirs))
                .isEmpty();
        var outcome = merged.files().contents().getOrDefault(FILE, "");
        for (var was : base) {
            var our = find(ours, was.id());
            var their = find(theirs, was.id());
            if (our == null || their == null) {
                assertThat(outcome).as("deleted").doesNotContain("id: " + was.id() + "\n");
            } else {
                assertThat(outcome).contains((our.text().equals(was.text()) ? their : our).text());
            }
            was.above()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(remark -> assertThat(outcome).contains(remark));
        }
        for (var side : List.of(ours, theirs)) {
            side.stream()
                    .filter(entry -> find(base, entry.id()) == null)
                    .forEach(added -> assertThat(outcome).contains(added.text()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsThereAlreadyChangesNothing(int seed) {
        var random = new Random(seed);
        var base = file(random);
        var ours = new ArrayList<>(base);
        for (int i = 0; i < base.size(); i += 2) {
            edit(ours, base.get(i), "our-" + i, random);
        }
        var more = new ArrayList<>(ours);
        for (int i = 1; i < base.size(); i += 2) {
            edit(more, base.get(i), "their-" + i, random);
        }

        assertThat(text(merged(base, ours, ours))).isEqualTo(text(ours));
        assertThat(text(merged(base, ours, base))).isEqualTo(text(ours));
        assertThat(text(merged(base, base, ours))).isEqualTo(text(ours));
        assertThat(text(merged(base, more, ours))).isEqualToIgnoringWhitespace(text(more));
        assertThat(text(merged(base, ours, more)))
                .as("both may take empty lines away")
                .isEqualToIgnoringWhitespace(text(more));
    }

    private static List<Entry> file(Random random) {
        var entries = new ArrayList<Entry>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            var above = random.nextInt(3) == 0 ? "\n  # --- part %d\n\n".formatted(i) : "\n".repeat(random.nextInt(3));
            entries.add(new Entry("e" + i, above, entry("e" + i, random)));
        }
        return entries;
    }

    private static String entry(String id, Random random) {
        var text = new StringBuilder();
        if (random.nextBoolean()) {
            text.append("  # about ").append(id).append('\n');
        }
        text.append("  - id: ").append(id).append('\n');
        if (random.nextInt(4) == 0) {
            text.append("    rule: |\n      # said of ").append(id).append("\n\n      - id: none\n");
        }
        text.append("    show: [ a, b ]   # ").append(random.nextInt(1_000)).append('\n');
        if (random.nextInt(4) == 0) {
            text.append("    # below ").append(id).append('\n');
        }
        return text.toString();
    }

    private static void edit(List<Entry> side, Entry was, String added, Random random) {
        int at = IntStream.range(0, side.size())
                .filter(i -> side.get(i).id().equals(was.id()))
                .findFirst()
                .orElseThrow();
        var entry = side.get(at);
        switch (random.nextInt(4)) {
            case 0 -> {
                side.remove(at);
                var next = at < side.size() ? side.remove(at) : new Entry("", "", "");
                side.add(at, new Entry(next.id(), entry.above() + next.above(), next.text()));
            }
            case 1 -> side.add(at + 1, new Entry(added, "\n", entry(added, random)));
            case 2 -> side.set(at, entry.with("  # " + added + "\n" + entry.text()));
            default -> side.set(at, entry.with(entry.text() + "    until: " + added + "\n"));
        }
    }

    private static @Nullable Entry find(List<Entry> entries, String id) {
        return entries.stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static String text(List<Entry> entries) {
        var text = new StringBuilder("# the head\nrules:\n");
        entries.forEach(entry -> text.append(entry.above()).append(entry.text()));
        return text.toString();
    }

    private static String text(Merged merged) {
        assertThat(merged.conflicts()).isEmpty();
        return merged.files().contents().getOrDefault(FILE, "");
    }

    private static Merged merged(List<Entry> base, List<Entry> ours, List<Entry> theirs) {
        return PackMerge.of(files(base), files(ours), files(theirs));
    }

    private static PackFiles files(List<Entry> entries) {
        return new PackFiles(new TreeMap<>(Map.of(FILE, text(entries))));
    }
}
