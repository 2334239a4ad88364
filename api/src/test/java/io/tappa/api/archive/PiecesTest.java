package io.tappa.api.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.archive.Roller.Due;
import io.tappa.api.store.ArchiveStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the work on an archive. */
class PiecesTest {
    private static final int FEW_CHARACTERS = 900;

    @TempDir
    private Path folder;

    /** A line of one of few decisions, so that they meet often; the versions of one differ. */
    private static ArchiveLine line(int decision, int version) {
        return new ArchiveLine("{\"id\":\"0199%04x-0000-7000-8000-00000000000%d.1.x\",\"place\":\"%s\",\"version\":%d}"
                .formatted(decision / 10, decision % 10, "a".repeat(26), version));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void linesOfManyPiecesBecomeOneFileInOrderWhateverTheirOrderWas(int seed) throws IOException {
        var random = new Random(seed);
        var known = new TreeMap<String, ArchiveLine>();
        var expected = new TreeMap<String, ArchiveLine>();
        var added = new ArrayList<ArchiveLine>();
        for (int i = 0; i < 40; i++) {
            var old = line(random.nextInt(100), 9);
            known.put(old.uuid(), old);
        }
        for (int i = 0; i < 200; i++) {
            added.add(line(random.nextInt(100), random.nextInt(5)));
        }
        expected.putAll(known);
        added.stream().sorted(ArchiveLine.IN_ORDER.reversed()).forEach(line -> expected.put(line.uuid(), line));
        long onlyNew = expected.keySet().stream()
                .filter(uuid -> !known.containsKey(uuid))
                .count();
        Collections.shuffle(added, random);

        var first = merged(new ArrayList<>(known.values()), added, "first");
        Collections.shuffle(added, random);
        var again = merged(first.lines(), added, "again");

        assertThat(first.lines()).containsExactlyElementsOf(expected.values());
        assertThat(first.added()).isEqualTo(onlyNew);
        assertThat(again.lines()).isEqualTo(first.lines());
        assertThat(again.added()).isZero();
    }

    private record Result(List<ArchiveLine> lines, long added) {}

    private Result merged(List<ArchiveLine> known, List<ArchiveLine> added, String name) throws IOException {
        try (var spill = new Spill(folder.resolve(name), FEW_CHARACTERS)) {
            for (var line : added) {
                spill.add(7, line);
            }
            assertThat(spill.hours()).containsExactly(7L);
            var pieces = new ArrayList<Lines>();
            for (var piece : spill.sorted(7)) {
                pieces.add(Lines.of(piece));
            }
            assertThat(pieces).hasSizeGreaterThan(10);
            var merged = new Merged(known.iterator(), pieces);
            var lines = new ArrayList<ArchiveLine>();
            merged.forEachRemaining(lines::add);
            for (var piece : pieces) {
                piece.close();
            }
            return new Result(lines, merged.added());
        }
    }

    @Test
    void moreHoursThanFilesMayBeOpenAreKeptApart() throws IOException {
        try (var spill = new Spill(folder.resolve("hours"))) {
            for (int round = 0; round < 3; round++) {
                for (int hour = 0; hour < 150; hour++) {
                    spill.add(hour, line(hour, round));
                }
            }

            assertThat(spill.hours()).hasSize(150);
            try (var lines = Lines.of(spill.sorted(99).get(0))) {
                assertThat(lines).toIterable().containsExactly(line(99, 2), line(99, 1), line(99, 0));
            }
        }
    }

    @Test
    void turnsAreDueInOrderAndThoseThatAreGoneAreCounted() {
        assertThat(Due.of(ArchiveStore.NEVER, 10)).isEqualTo(new Due(List.of(9L, 10L), 0));
        assertThat(Due.of(9, 10)).isEqualTo(new Due(List.of(10L), 0));
        assertThat(Due.of(10, 10)).isEqualTo(new Due(List.of(), 0));
        assertThat(Due.of(8, 10)).isEqualTo(new Due(List.of(9L, 10L), 1));
        assertThat(Due.of(5, 10)).isEqualTo(new Due(List.of(9L, 10L), 4));
    }

    @Test
    void aNodeWhoseClockIsLateDoesNothingAgainAndOneThatWasSetBackBeginsAnew() {
        assertThat(Due.of(11, 10)).isEqualTo(new Due(List.of(), 0));
        assertThat(Due.of(12, 10)).isEqualTo(new Due(List.of(9L, 10L), 0));
    }

    @Test
    void aFileIsCalledByItsHourInUtc() {
        var file = new HourFile(490_473, 5);

        assertThat(file.name()).isEqualTo("2025-12-14/09-5.ndjson.gz");
        assertThat(HourFile.of(file.name())).isEqualTo(file);
        assertThat(file.endMillis()).isEqualTo(490_474L * 3_600_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-12-14/09-8.ndjson.gz",
                "2025-12-14/24-1.ndjson.gz",
                "2025-13-14/09-1.ndjson.gz",
                "2025-12-14/09-1.ndjson",
                "2025-12-14/09-1.ndjson.gz.tmp"
            })
    void whatIsNoFileOfTheArchiveIsLeftAlone(String name) {
        assertThat(HourFile.of(name)).isNull();
    }
}
