package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.embedded.RedisServers;
import io.tappa.api.store.Draft;
import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.Draft.Note;
import io.tappa.api.store.DraftStore;
import io.tappa.api.store.DraftStore.Change;
import io.tappa.api.store.DraftStore.Edit;
import io.tappa.api.store.DraftStore.Edited;
import io.tappa.api.store.DraftStore.Opened;
import io.tappa.api.store.DraftStore.Outcome;
import io.tappa.engine.pack.PackFiles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** A draft is changed whole or not at all, and only by whoever knows what is there. */
@Timeout(60)
class RedisDraftStoreTest extends OnRedis {
    private static final PackFiles FILES =
            new PackFiles(new TreeMap<>(Map.of("pack.yaml", "pack: shop\n", "decisions/über.yaml", "rules: []\n")));
    private static final Base BASE = new Base(7L, FILES.hash());
    private static final Note ANNA = new Note("", "anna", 1_000);

    private DraftStore drafts() {
        return new RedisDraftStore(redis, new Keys("shop"));
    }

    @Test
    void whatIsMadeIsReadAgain() {
        var drafts = drafts();

        assertThat(drafts.make("spring", BASE, ANNA, "for spring", FILES).block())
                .isEqualTo(Outcome.DONE);

        var opened = opened(drafts, "spring");
        assertThat(opened.files()).isEqualTo(FILES);
        assertThat(opened.draft().base()).isEqualTo(BASE);
        assertThat(opened.draft().made()).isEqualTo(ANNA);
        assertThat(opened.draft().last().by()).isEqualTo("anna");
        assertThat(opened.draft().message()).isEqualTo("for spring");
        assertThat(opened.draft().changed()).isZero();
        assertThat(drafts.all().block()).isEqualTo(List.of(opened.draft()));
        assertThat(drafts.make("spring", BASE, ANNA, "", FILES).block()).isEqualTo(Outcome.TAKEN);
        assertThat(drafts.find("summer").block()).isNull();
    }

    @Test
    void aFileIsWrittenByWhoeverKnowsWhatIsThere() {
        var drafts = drafts();
        drafts.make("spring", BASE, ANNA, "", FILES).block();
        var before = Draft.etag("pack: shop\n");

        assertThat(edit(drafts, "pack.yaml", before, "pack: shop # bea\n", "bea")
                        .outcome())
                .isEqualTo(Outcome.DONE);
        var late = edit(drafts, "pack.yaml", before, "pack: shop # carl\n", "carl");
        var again = edit(drafts, "pack.yaml", before, "pack: shop # bea\n", "bea");

        assertThat(late.outcome()).isEqualTo(Outcome.STALE);
        assertThat(late.present()).isEqualTo(new Note(Draft.etag("pack: shop # bea\n"), "bea", 2_000));
        assertThat(again.outcome()).as("sent twice").isEqualTo(Outcome.DONE);
        var opened = opened(drafts, "spring");
        assertThat(opened.files().contents()).containsEntry("pack.yaml", "pack: shop # bea\n");
        assertThat(opened.draft().changed()).isEqualTo(1);
        assertThat(opened.draft().last().by()).isEqualTo("bea");
    }

    @Test
    void newAndDeletedFilesAreKnownWithWhoDidIt() {
        var drafts = drafts();
        drafts.make("spring", BASE, ANNA, "", FILES).block();

        var added = edit(drafts, "offers.yaml", "", "offers: {}\n", "bea");
        var there = edit(drafts, "offers.yaml", "", "offers: { a: {} }\n", "carl");
        var gone = edit(drafts, "pack.yaml", Draft.etag("pack: shop\n"), null, "bea");
        var late = edit(drafts, "pack.yaml", Draft.etag("pack: shop\n"), "pack: shop # carl\n", "carl");
        var never = edit(drafts, "facts.yaml", Draft.etag("facts: {}"), "facts: { a: {} }", "carl");

        assertThat(added.outcome()).isEqualTo(Outcome.DONE);
        assertThat(Objects.requireNonNull(there.present()).by()).isEqualTo("bea");
        assertThat(gone.outcome()).isEqualTo(Outcome.DONE);
        assertThat(late).isEqualTo(new Edited(Outcome.STALE, new Note("", "bea", 2_000)));
        assertThat(never).isEqualTo(new Edited(Outcome.STALE, null));
        assertThat(edit(drafts, "pack.yaml", Draft.etag("x"), null, "carl").outcome())
                .isEqualTo(Outcome.NO_FILE);
        assertThat(edit(drafts, "pack.yaml", "", "pack: shop\n", "carl").outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(opened(drafts, "spring").files().contents())
                .containsOnlyKeys("decisions/über.yaml", "offers.yaml", "pack.yaml");
        assertThat(opened(drafts, "spring").draft().changed()).isEqualTo(1);
    }

    @Test
    void ofManyAtOnceOneIsTaken() {
        var drafts = drafts();
        drafts.make("spring", BASE, ANNA, "", FILES).block();
        var before = Draft.etag("pack: shop\n");

        var answers = Flux.fromStream(IntStream.range(0, 40).boxed())
                .flatMap(who ->
                        drafts.edit("spring", new Edit("pack.yaml", before, "pack: shop # " + who, "k" + who, 2_000)))
                .collectList()
                .block();

        assertThat(answers)
                .filteredOn(edited -> edited.outcome() == Outcome.DONE)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(edited -> edited.outcome() == Outcome.STALE)
                .hasSize(39);
    }

    @Test
    void aDraftThatWasChangedSinceIsNeitherReplacedNorRemoved() {
        var drafts = drafts();
        drafts.make("spring", BASE, ANNA, "", FILES).block();
        var seen = opened(drafts, "spring");
        edit(drafts, "offers.yaml", "", "offers: {}\n", "bea");
        var next = new Base(8L, "f".repeat(64));
        var change = new Change(new PackFiles(new TreeMap<>(Map.of("pack.yaml", "pack: shop\n"))), "carl", 3_000);

        assertThat(drafts.replace(seen, next, new TreeMap<>(), change).block()).isEqualTo(Outcome.STALE);
        assertThat(drafts.remove("spring", seen.draft().revision()).block()).isEqualTo(Outcome.STALE);

        var now = opened(drafts, "spring");
        assertThat(drafts.replace(now, next, Draft.etags(change.files().contents()), change)
                        .block())
                .isEqualTo(Outcome.DONE);
        var replaced = opened(drafts, "spring");
        assertThat(replaced.files()).isEqualTo(change.files());
        assertThat(replaced.draft().base()).isEqualTo(next);
        assertThat(replaced.draft().changed()).isZero();
        assertThat(replaced.draft().notes().get("offers.yaml")).isEqualTo(new Note("", "carl", 3_000));
        assertThat(replaced.draft().notes().get("pack.yaml").by())
                .as("the same text")
                .isEqualTo("anna");
        assertThat(drafts.remove("spring", replaced.draft().revision()).block()).isEqualTo(Outcome.DONE);
        assertThat(drafts.remove("spring", null).block()).isEqualTo(Outcome.NO_DRAFT);
        assertThat(drafts.names().block()).isEmpty();
    }

    @Test
    void anotherBaseLeavesTheTexts() {
        var drafts = drafts();
        drafts.make("spring", BASE, ANNA, "", FILES).block();
        edit(drafts, "offers.yaml", "", "offers: {}\n", "bea");
        var draft = opened(drafts, "spring").draft();
        var etags = new TreeMap<>(draft.etags());

        assertThat(drafts.rebase(draft, new Base(8L, "e".repeat(64)), etags).block())
                .isEqualTo(Outcome.DONE);
        assertThat(drafts.rebase(draft, new Base(9L, "d".repeat(64)), etags).block())
                .as("stands on another already")
                .isEqualTo(Outcome.STALE);

        var now = opened(drafts, "spring");
        assertThat(now.draft().base().number()).isEqualTo(8);
        assertThat(now.draft().changed()).isZero();
        assertThat(now.files().contents()).hasSize(3);
    }

    @Test
    void noDraftIsMadeBeyondTheLimitHoweverManyTryAtOnce() {
        var drafts = drafts();

        var made = IntStream.range(0, DraftStore.MOST + 20)
                .mapToObj(i -> drafts.make("d-" + i, BASE, ANNA, "", FILES).toFuture())
                .toList();
        var outcomes = made.stream().map(CompletableFuture::join).toList();

        assertThat(outcomes).filteredOn(Outcome.DONE::equals).hasSize(DraftStore.MOST);
        assertThat(outcomes).filteredOn(Outcome.TOO_MANY_DRAFTS::equals).hasSize(20);
        assertThat(drafts.all().block()).hasSize(DraftStore.MOST);
    }

    @Test
    void neitherTooManyFilesNorTooLargeOnes() {
        var drafts = drafts();
        var many = new TreeMap<String, String>();
        IntStream.range(0, PackFiles.MOST_FILES).forEach(i -> many.put("decisions/d" + i + ".yaml", "rules: []"));
        drafts.make("spring", BASE, ANNA, "", new PackFiles(many)).block();

        assertThat(edit(drafts, "decisions/more.yaml", "", "rules: []", "bea").outcome())
                .isEqualTo(Outcome.TOO_MANY_FILES);
        assertThat(edit(drafts, "decisions/d1.yaml", Draft.etag("rules: []"), null, "bea")
                        .outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(edit(drafts, "decisions/more.yaml", "", "x".repeat(DraftStore.LARGEST), "bea")
                        .outcome())
                .isEqualTo(Outcome.TOO_LARGE);
        assertThat(edit(drafts, "decisions/more.yaml", "", "rules: []", "bea").outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void aClusterDoesTheSame() {
        try (var servers = RedisServers.cluster();
                var link = RedisLink.to(RedisSettings.cluster(servers.nodes()), 0)) {
            var drafts = new RedisDraftStore(link, new Keys("shop"));
            drafts.make("spring", BASE, ANNA, "", FILES).block();
            drafts.make("summer", BASE, ANNA, "", FILES).block();

            assertThat(edit(drafts, "offers.yaml", "", "offers: {}\n", "bea").outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(edit(drafts, "pack.yaml", Draft.etag("pack: shop\n"), null, "bea")
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            var opened = opened(drafts, "spring");
            assertThat(opened.files().contents()).containsOnlyKeys("decisions/über.yaml", "offers.yaml");
            assertThat(drafts.replace(opened, BASE, new TreeMap<>(), new Change(FILES, "bea", 2_000))
                            .block())
                    .isEqualTo(Outcome.DONE);
            assertThat(drafts.remove("summer", null).block()).isEqualTo(Outcome.DONE);
            assertThat(drafts.names().block()).containsExactly("spring");
        }
    }

    private static Opened opened(DraftStore drafts, String name) {
        return Objects.requireNonNull(drafts.find(name).block());
    }

    private static Edited edit(DraftStore drafts, String path, String expected, @Nullable String text, String by) {
        return Objects.requireNonNull(
                drafts.edit("spring", new Edit(path, expected, text, by, 2_000)).block());
    }
}
