package io.tappa.api.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of recorded decisions tells those of the logs and those of the archive, each once. */
@Timeout(180)
class ArchivedListingTest {
    private static final int EACH = 6;

    private ArchivedShop shop;

    /** Ids of decisions, oldest first, of a turn that only the archive is asked for, of the turn before this, and of this. */
    private final List<String> archived = new ArrayList<>();

    private final List<String> before = new ArrayList<>();
    private final List<String> now = new ArrayList<>();

    private String device;

    @BeforeEach
    void start() throws Exception {
        shop = new ArchivedShop();
        device = shop.visitor();
        decide(archived);
        shop.endTurn();
        shop.round(shop.one);
        decide(before);
        shop.endTurn();
        shop.round(shop.one);
        decide(now);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    /** The device, and each time somebody else, over some hours. */
    private void decide(List<String> ids) {
        for (int i = 0; i < EACH; i++) {
            shop.clock.pass(Duration.ofMinutes(40));
            ids.add(shop.decide(i % 2 == 0 ? device : shop.visitor(), "home", "it"));
        }
    }

    private List<JsonNode> page(String query) {
        var answer = shop.here.get("/v1/decisions" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("decisions").spliterator(), false)
                .toList();
    }

    private List<JsonNode> lines(String query) {
        var answer = shop.here.send(shop.here
                .request("/v1/decisions" + query)
                .header("Accept", "application/x-ndjson")
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body().lines().<JsonNode>map(Body::parsed).toList();
    }

    private static List<String> ids(List<JsonNode> decisions) {
        return decisions.stream().map(one -> one.path("decisionId").asText()).toList();
    }

    private static List<String> of(String from, List<JsonNode> decisions) {
        return ids(decisions.stream()
                .filter(one -> one.path("from").asText().equals(from))
                .toList());
    }

    private List<String> hot() {
        var hot = new ArrayList<>(before);
        hot.addAll(now);
        return hot;
    }

    private List<String> all() {
        var all = new ArrayList<>(archived);
        all.addAll(hot());
        return all;
    }

    /** Those about the device. */
    private static List<String> theirs(List<String> ids) {
        return ids.stream().filter(id -> ids.indexOf(id) % 2 == 0).toList();
    }

    private static List<String> newestFirst(List<String> ids) {
        var reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    void linesComeFromTheArchiveThenFromTheLogsAndEachOnce() {
        var lines = lines("");

        assertThat(ids(lines)).hasSize(3 * EACH).startsWith(archived.toArray(String[]::new));
        assertThat(of("archive", lines)).isEqualTo(archived);
        assertThat(new HashSet<>(of("hot", lines))).isEqualTo(new HashSet<>(hot()));
        assertThat(shop.allLines()).hasSize(2 * EACH);
        assertThat(lines("?limit=2"))
                .extracting(one -> one.path("decisionId").asText())
                .isEqualTo(archived.subList(0, 2));
    }

    @Test
    void linesOfOneVisitorComeOldestFirst() {
        var visitor = "?visitor=" + ArchivedShop.place(device).text();

        assertThat(ids(lines(visitor))).isEqualTo(theirs(all()));
        assertThat(ids(page(visitor))).isEqualTo(newestFirst(theirs(all())));
    }

    @Test
    void aPageGoesBackIntoTheArchiveAsFarAsItMust() {
        assertThat(ids(page(""))).isEqualTo(newestFirst(all()));
        assertThat(of("archive", page(""))).isEqualTo(newestFirst(archived));
        for (int limit : new int[] {1, 2 * EACH, 2 * EACH + 1, 3 * EACH - 1}) {
            assertThat(ids(page("?limit=" + limit)))
                    .isEqualTo(newestFirst(all()).subList(0, limit));
        }
    }

    @Test
    void decisionsAreFoundByTheirOfferInBoth() {
        var shown = page("").stream().collect(Collectors.groupingBy(ArchivedListingTest::offer));

        assertThat(shown).isNotEmpty();
        shown.forEach((offer, decisions) -> {
            assertThat(ids(page("?placement=home.hero&offer=" + offer))).isEqualTo(ids(decisions));
        });
        assertThat(page("?offer=no-such-offer")).isEmpty();
    }

    private static String offer(JsonNode decision) {
        return decision.at("/placements/0/offer").asText();
    }

    @Test
    void aTimeIsCutOutOfBoth() {
        var middle = page("").get(2 * EACH + 2).path("at").asText();
        var older = archived.subList(0, EACH - 3);

        assertThat(ids(page("?to=" + middle))).isEqualTo(newestFirst(older));
        assertThat(ids(lines("?to=" + middle))).isEqualTo(older);
        assertThat(ids(page("?from=" + middle))).isEqualTo(newestFirst(all().subList(EACH - 3, 3 * EACH)));
        assertThat(new HashSet<>(ids(lines("?from=" + middle))))
                .isEqualTo(new HashSet<>(all().subList(EACH - 3, 3 * EACH)));
        assertThat(page("?from=" + middle + "&limit=1")).hasSize(1);
    }

    @Test
    void whoeverIsForgottenIsInNeither() {
        var visitor = shop.here
                .get("/v1/visitors?anonymousId=" + device)
                .json()
                .path("id")
                .asText();

        shop.here.delete("/v1/visitors/" + visitor);

        var others = new ArrayList<>(all());
        others.removeAll(theirs(all()));
        assertThat(ids(page(""))).isEqualTo(newestFirst(others));
        assertThat(new HashSet<>(ids(lines("")))).isEqualTo(new HashSet<>(others));
        assertThat(page("?visitor=" + visitor)).isEmpty();
    }

    @Test
    void withoutLogsOnlyTheArchiveIsLeft() {
        shop.deleteLogs();

        assertThat(ids(lines(""))).isEqualTo(archived);
        assertThat(ids(page(""))).isEqualTo(newestFirst(archived));
    }
}
