package io.tappa.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What two people did to the same files, brought together. */
class PackMergeTest {
    private static final String FILE = "decisions/home.yaml";
    private static final String RULES = """
            # decisions/home.yaml: the home page.
            rules:
              # --- hero
              - id: first             # the first one
                where: home.hero
                show: shoes

              # Bags are for the rest.
              - id: second
                where: home.hero
                show: bags
                # until summer

              # --- side

              - id: third
                rule: |
                  Third
                  # no comment
                where: home.side
                show: hats
            """;
    private static final String TABLE = """
            id,where,verb,offer
            one,home.hero,show,shoes
            two,home.hero,show,"bags,
            and more"
            three,home.side,show,hats
            """;
    private static final String OFFERS = """
            offers:
              shoes: { value: 9.00 }
              bags:
                value: 3.00
            """;

    /** A file, its text as both began with it, the texts they left, and what comes of them. */
    private record Case(String what, String file, @Nullable String base, String ours, String theirs, String merged) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                rules("one changes the first, one the second", "shoes", "boots", "bags", "cases"),
                rules(
                        "one changes an entry, one the head",
                        "show: hats",
                        "show: caps",
                        "the home page",
                        "our home page"),
                rules(
                        "one changes an entry, one a comment of another",
                        "show: shoes",
                        "show: boots",
                        "for the rest",
                        "for all"),
                rules("one changes an entry, one a remark", "show: hats", "show: caps", "# --- side", "# --- the side"),
                rules(
                        "one changes what looks like a comment",
                        "# no comment",
                        "# no remark",
                        "until summer",
                        "until spring"),
                rules("one deletes an entry, one changes the next", """
                      # Bags are for the rest.
                      - id: second
                        where: home.hero
                        show: bags
                        # until summer

                    """, "", "show: hats", "show: caps"),
                rules("one adds in front, one changes the first", "  # --- hero\n", """
                      - id: new
                        where: home.hero
                        show: new

                      # --- hero
                    """, "show: shoes", "show: boots"),
                new Case(
                        "both add at the end",
                        FILE,
                        RULES,
                        RULES + "\n  - id: ours\n    show: a\n",
                        RULES + "\n  # because\n  - id: theirs\n    show: b\n",
                        RULES + "\n  # because\n  - id: theirs\n    show: b\n\n  - id: ours\n    show: a\n"),
                new Case(
                        "one moves, one changes",
                        "offers.yaml",
                        OFFERS,
                        "offers:\n  bags:\n    value: 3.00\n  shoes: { value: 9.00 }\n",
                        OFFERS.replace("9.00", "8.00"),
                        "offers:\n  bags:\n    value: 3.00\n  shoes: { value: 8.00 }\n"),
                new Case(
                        "one indents anew, one adds",
                        "offers.yaml",
                        OFFERS,
                        "offers:\n    shoes: { value: 9.00 }\n    bags:\n      value: 3.00\n",
                        OFFERS + "  hats:\n    value: 1.00\n",
                        "offers:\n    shoes: { value: 9.00 }\n    bags:\n      value: 3.00\n    hats:\n      value: 1.00\n"),
                new Case(
                        "rows of a table",
                        "decisions/table.csv",
                        TABLE,
                        TABLE.replace("shoes", "boots"),
                        TABLE.replace("hats", "caps") + "four,home.side,show,\"a,b\"\n",
                        TABLE.replace("shoes", "boots").replace("hats", "caps") + "four,home.side,show,\"a,b\"\n"),
                new Case(
                        "codes",
                        "codes/bf-20.csv",
                        "code\nA1\nA2\n",
                        "code\nA1\nA2\nA3\n",
                        "code\nA2\nA4",
                        "code\nA2\nA4\nA3"),
                new Case(
                        "keys of a campaign",
                        "campaigns/bf.yaml",
                        "campaign: bf\nfrom: 2026-11-27\nbudget: 10     # displays\n",
                        "campaign: bf\nfrom: 2026-11-26\nbudget: 10     # displays\n",
                        "campaign: bf\nfrom: 2026-11-27\nbudget: 20     # displays\n",
                        "campaign: bf\nfrom: 2026-11-26\nbudget: 20     # displays\n"),
                new Case(
                        "stages and moves of the same name",
                        "journeys/shop.yaml",
                        "stages:\n  one: {}\n  two: {}\nmoves:\n- { id: one, to: one }\n- { id: two, to: two }\n",
                        "stages:\n  one: {}\n  two: { ends: yes }\nmoves:\n- { id: one, to: one }\n- { id: two, to: two }\n",
                        "stages:\n  one: {}\n  two: {}\nmoves:\n- { id: one, to: one }\n- { id: two, to: one }\n",
                        "stages:\n  one: {}\n  two: { ends: yes }\nmoves:\n- { id: one, to: one }\n- { id: two, to: one }\n"),
                new Case(
                        "both add the file",
                        "offers.yaml",
                        null,
                        "offers:\n  a: {}\n",
                        "offers:\n  b: {}\n",
                        "offers:\n  b: {}\n  a: {}\n"));
    }

    private static Case rules(String what, String old, String our, String oldToo, String their) {
        assertThat(RULES).contains(old, oldToo);
        return new Case(
                what,
                FILE,
                RULES,
                RULES.replace(old, our),
                RULES.replace(oldToo, their),
                RULES.replace(old, our).replace(oldToo, their));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void bothChangesAreThereWordForWord(Case told) {
        var merged =
                PackMerge.of(files(told.file, told.base), files(told.file, told.ours), files(told.file, told.theirs));

        assertThat(merged.conflicts()).isEmpty();
        assertThat(merged.files().contents()).containsEntry(told.file, told.merged);
    }

    @Test
    void theSameEntryChangedTwiceIsForSomebodyToDecide() {
        var ours = RULES.replace("show: bags", "show: cases");
        var theirs = RULES.replace("show: bags", "show: trunks").replace("show: shoes", "show: boots");

        var merged = merged(RULES, ours, theirs, Map.of());

        assertThat(merged.conflicts()).hasSize(1);
        var conflict = merged.conflicts().get(0);
        assertThat(conflict.key()).isEqualTo("decisions/home.yaml#second");
        assertThat(conflict.base()).startsWith("  # Bags are").endsWith("    # until summer\n");
        assertThat(conflict.ours()).contains("show: cases");
        assertThat(conflict.theirs()).contains("show: trunks");
        assertThat(merged.files()).as("nothing half").isEqualTo(files(FILE, ours));
        assertThat(text(merged(RULES, ours, theirs, Map.of(conflict.key(), Side.OURS))))
                .isEqualTo(ours.replace("show: shoes", "show: boots"));
        assertThat(text(merged(RULES, ours, theirs, Map.of(conflict.key(), Side.THEIRS))))
                .isEqualTo(theirs);
    }

    @Test
    void deletedHereAndChangedThereIsForSomebodyToDecide() {
        var ours = OFFERS.replace("  shoes: { value: 9.00 }\n", "");
        var theirs = OFFERS.replace("9.00", "8.00");
        var take = Map.of("offers.yaml#shoes", Side.OURS);

        var merged =
                PackMerge.of(files("offers.yaml", OFFERS), files("offers.yaml", ours), files("offers.yaml", theirs));
        var taken = PackMerge.of(
                files("offers.yaml", OFFERS), files("offers.yaml", ours), files("offers.yaml", theirs), take);

        assertThat(merged.conflicts())
                .containsExactly(new Conflict(
                        "offers.yaml", "shoes", "  shoes: { value: 9.00 }\n", null, "  shoes: { value: 8.00 }\n"));
        assertThat(taken.conflicts()).isEmpty();
        assertThat(taken.files().contents()).containsEntry("offers.yaml", ours);
    }

    @Test
    void theHeadChangedTwiceIsOneConflict() {
        var ours = RULES.replace("the home page", "our home page") + "# the end\n";
        var theirs = RULES.replace("the home page", "their home page") + "# that is all\n";

        var merged = merged(RULES, ours, theirs, Map.of());

        assertThat(merged.conflicts()).hasSize(1);
        assertThat(merged.conflicts().get(0).entry()).isEqualTo(Conflict.FRAME);
        assertThat(merged.conflicts().get(0).ours()).contains("our home page", "# the end");
        assertThat(text(merged(
                        RULES, ours, theirs, Map.of(merged.conflicts().get(0).key(), Side.THEIRS))))
                .isEqualTo(theirs);
    }

    @Test
    void aFileWhoseEntriesCannotBeToldApartIsDecidedWhole() {
        for (var broken : new String[] {"rules: [", "rules:\n  - id: a\n  - id: a\n", "- id: a\n", ""}) {
            var theirs = RULES.replace("show: bags", "show: trunks");

            var merged = merged(RULES, broken, theirs, Map.of());

            assertThat(merged.conflicts()).containsExactly(new Conflict(FILE, "", RULES, broken, theirs));
            assertThat(text(merged(RULES, broken, theirs, Map.of(FILE, Side.THEIRS))))
                    .isEqualTo(theirs);
        }
        var deleted = PackMerge.of(
                files(FILE, RULES), files(FILE, null), files(FILE, RULES.replace("shoes", "boots")), Map.of());
        assertThat(deleted.conflicts()).extracting(Conflict::key).containsExactly(FILE);
    }

    @Test
    void aTableWithOtherColumnsIsDecidedWhole() {
        var wider = "id,where,stage,verb,offer\none,home.hero,,show,shoes\n";
        var merged = PackMerge.of(
                files("decisions/t.csv", TABLE),
                files("decisions/t.csv", wider),
                files("decisions/t.csv", TABLE.replace("hats", "caps")));

        assertThat(merged.conflicts()).extracting(Conflict::entry).containsExactly("");
    }

    @Test
    void filesThatOneSideChangedAreTakenFromThere() {
        var base = new TreeMap<>(Map.of("a.yaml", "a: 1", "b.yaml", "b: 1", "c.yaml", "c: 1", "d.yaml", "d: 1"));
        var ours = new TreeMap<>(base);
        ours.put("a.yaml", "a: [");
        ours.remove("b.yaml");
        ours.put("e.yaml", "e: 1");
        var theirs = new TreeMap<>(base);
        theirs.put("c.yaml", "");
        theirs.remove("d.yaml");
        theirs.put("e.yaml", "e: 1");

        var merged = PackMerge.of(new PackFiles(base), new PackFiles(ours), new PackFiles(theirs));

        assertThat(merged.conflicts()).isEmpty();
        assertThat(merged.files().contents()).isEqualTo(Map.of("a.yaml", "a: [", "c.yaml", "", "e.yaml", "e: 1"));
    }

    @Test
    void everyFileOfTheShopIsItsPieces() throws IOException {
        var shop = PackFiles.inFolder(Path.of("..", "rules", "shop"));

        shop.contents().forEach((path, text) -> {
            var pieces = Pieces.of(path, text);
            assertThat(pieces).as(path).isNotNull();
            assertThat(pieces.text()).as(path).isEqualTo(text);
        });
        assertThat(PackMerge.of(shop, shop, shop).files()).isEqualTo(shop);
    }

    private static Merged merged(String base, String ours, String theirs, Map<String, Side> take) {
        return PackMerge.of(files(FILE, base), files(FILE, ours), files(FILE, theirs), take);
    }

    private static String text(Merged merged) {
        assertThat(merged.conflicts()).isEmpty();
        return merged.files().contents().get(FILE);
    }

    private static PackFiles files(String file, @Nullable String text) {
        return new PackFiles(text == null ? new TreeMap<>() : new TreeMap<>(Map.of(file, text)));
    }
}
