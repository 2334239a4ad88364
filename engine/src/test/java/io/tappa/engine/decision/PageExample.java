package io.tappa.engine.decision;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An example of docs/decisioning.md: some lines of a pack, who asks, and what became of an offer.
 *
 * @param lines the lines of its block
 * @param asked who asks, a clause each
 * @param code the verdict
 * @param offer on which offer
 * @param sentence why, in English
 * @param wouldDo the least change, a clause each; empty where nothing would do
 */
record PageExample(String lines, List<String> asked, String code, String offer, String sentence, List<String> wouldDo) {
    /** What the page does not show of the shop in which its examples stand. */
    private static final Map<String, String> UNTOLD = Map.of(
            "pack.yaml",
            "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
            "facts.yaml",
            """
            facts:
              basket: { label: basket value, type: money, from: context.basket }
              orders: { label: orders ever, type: whole, from: context.orders }
              name:   { label: first name, type: text, from: context.name }
            """,
            "touchpoints.yaml",
            """
            touchpoints:
              home: { channel: site, placements: { hero: {}, side: {} } }
            """,
            "journeys/shop.yaml",
            "{ journey: shop, start: one, stages: { one: {} } }");

    private static final String BLOCK = "```(?:yaml|bash)\\n((?:(?!```)[\\s\\S])*)```\\n";
    private static final Pattern BLOCKS = Pattern.compile(BLOCK);
    private static final Pattern EXAMPLE =
            Pattern.compile(BLOCK + "- Asked: (.+)\\n- `([a-z:-]+)` of ([a-z0-9-]+): \\*(.+)\\*\\n- Would do: (.+)\\n");
    private static final Pattern TERMS = Pattern.compile("  ([a-z0-9-]+): \\{ (.*) }");
    private static final String FILE = "# ";

    /** All examples of the page's section, in order. */
    static List<PageExample> all(String section) {
        var all = new ArrayList<PageExample>();
        var found = EXAMPLE.matcher(section);
        while (found.find()) {
            all.add(new PageExample(
                    found.group(1),
                    clauses(found.group(2), "by anybody"),
                    found.group(3),
                    found.group(4),
                    found.group(5),
                    clauses(found.group(6), "nothing")));
        }
        return all;
    }

    /** How many blocks of files and commands the section has. */
    static int blocks(String section) {
        return (int) BLOCKS.matcher(section).results().count();
    }

    private static List<String> clauses(String text, String none) {
        return text.equals(none) ? List.of() : List.of(text.split(", ", -1));
    }

    /** The filter it is about. */
    String filter() {
        return code.split(":", 2)[0];
    }

    /** The shop of the section with the lines of this example. */
    SortedMap<String, String> files(String section) {
        var shop = BLOCKS.matcher(section);
        if (!shop.find()) {
            throw new AssertionError("The section begins with no block.");
        }
        var files = new TreeMap<>(UNTOLD);
        add(files, shop.group(1));
        add(files, lines);
        return files;
    }

    static PackSnapshot pack(SortedMap<String, String> files) {
        var result = PackReader.read(new PackFiles(files));
        return Objects.requireNonNull(result.snapshot(), () -> result.problems().toString());
    }

    private static void add(SortedMap<String, String> files, String block) {
        var added = new LinkedHashMap<String, List<String>>();
        var file = new ArrayList<String>();
        for (var line : block.lines().toList()) {
            if (line.startsWith(FILE)) {
                file = new ArrayList<>();
                added.put(line.substring(FILE.length()), file);
            } else {
                file.add(line);
            }
        }
        added.forEach((name, more) -> files.merge(name, text(more), (before, all) -> merged(before, more)));
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    /** The same file with more lines; terms of what it names already are added to those there. */
    private static String merged(String before, List<String> more) {
        if (!before.startsWith(more.get(0))) {
            throw new AssertionError("%s does not begin as %s".formatted(before, more.get(0)));
        }
        var all = before;
        for (var line : more.subList(1, more.size())) {
            var terms = TERMS.matcher(line);
            var named = terms.matches() ? Pattern.compile("(?m)^  %s: +\\{".formatted(terms.group(1))) : null;
            all = named != null && named.matcher(all).find()
                    ? named.matcher(all).replaceFirst("  %s: { %s,".formatted(terms.group(1), terms.group(2)))
                    : all + line + "\n";
        }
        return all;
    }

    @Override
    public String toString() {
        return "%s: %s".formatted(code, offer);
    }
}
