package io.tappa.api.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Service;
import io.tappa.api.body.Body;
import io.tappa.api.record.Records;
import io.tappa.api.store.ArchiveStore;
import io.tappa.api.store.TurnedLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Decisions go from the logs into the archive, each once, whoever dies at it, and come out again. */
@Timeout(180)
class RollingTest {
    private ArchivedShop shop;

    @BeforeEach
    void start() throws Exception {
        shop = new ArchivedShop();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    /** Decisions of some people over some hours; what is told of each by its id. */
    private Map<String, JsonNode> decisions(int people, int hours) {
        var ids = new ArrayList<String>();
        for (int hour = 0; hour < hours; hour++) {
            for (int person = 0; person < people; person++) {
                var device = shop.visitor();
                ids.add(shop.decide(device, "cart", "it"));
                shop.clock.pass(Duration.ofSeconds(1));
                ids.add(shop.decide(device, "home", "en"));
                ids.add(shop.decide("nobody-" + person, "home", "it"));
            }
            shop.clock.pass(Duration.ofHours(1));
        }
        var told = new LinkedHashMap<String, JsonNode>();
        for (var id : ids) {
            told.put(id, shop.here.get("/v1/decisions/" + id).json());
        }
        return told;
    }

    @Test
    void everyDecisionIsVerifiedByAnotherNodeOnceLogsAreGone() throws Exception {
        var told = decisions(10, 3);
        shop.endTurn();
        shop.round(shop.one);
        shop.deleteLogs();

        for (var one : told.entrySet()) {
            var hot = one.getValue();
            var path = "/v1/decisions/" + one.getKey();
            assertThat(hot.path("from").asText()).isEqualTo("hot");
            var archived = (ObjectNode) shop.there().get(path).json();
            assertThat(archived.path("from").asText()).isEqualTo("archive");
            assertThat(archived.put("from", "hot")).isEqualTo(hot);
            var verdict = shop.there().get(path + "/verify").json();
            assertThat(verdict.path("verified").asBoolean()).isTrue();
            assertThat(verdict.path("from").asText()).isEqualTo("archive");
        }
        assertThat(shop.allLines()).hasSize(told.size());
        var between = shop.one
                .bean(Archive.class)
                .between(ArchivedShop.TURN.toEpochMilli(), shop.clock.millis())
                .collectList()
                .block();
        assertThat(between)
                .hasSize(told.size())
                .isSortedAccordingTo((one, next) ->
                        one.uuid().toString().compareTo(next.uuid().toString()));
    }

    @Test
    void aDecisionMadeDuringAPauseIsVerifiedFromFilesAlone() throws Exception {
        var pause = Events.body("what", "offer:whats-new").put("reason", "wrong price");
        assertThat(shop.here.post("/v1/packs/shop/pauses", pause).status()).isEqualTo(200);
        var id = shop.decide(shop.visitor(), "home", "it");
        shop.endTurn();
        shop.round(shop.one);
        shop.deleteLogs();
        long gone = Service.redis(shop.redis.port(), connection -> {
            var around = Service.keys(connection, "*:around:*");
            return connection.sync().del(around.toArray(String[]::new));
        });
        assertThat(gone).isPositive();

        var verdict = shop.there().get("/v1/decisions/" + id + "/verify").json();

        assertThat(verdict.path("verified").asBoolean()).as(verdict.toString()).isTrue();
        assertThat(verdict.path("from").asText()).isEqualTo("archive");
        assertThat(Body.parsed(shop.allLines().get(0)).path("verified").asBoolean())
                .isTrue();
        shop.clock.pass(Duration.ofDays(410));
        shop.round(shop.one);
        assertThat(shop.files().keySet()).noneMatch(name -> name.contains("around"));
    }

    @Test
    void theLinesAreAsTheSchemaSays() throws IOException {
        decisions(4, 2);
        shop.endTurn();
        shop.round(shop.one);

        var schema = new Schema(
                Files.readString(Path.of(System.getProperty("tappa.root", ".."), "docs", "archive-schema.json")));

        for (var line : shop.allLines()) {
            assertThat(schema.problems(Body.parsed(line))).as(line).isEmpty();
        }
        shop.lines().forEach((name, lines) -> {
            assertThat(lines).isSorted();
            assertThat(lines).allSatisfy(line -> {
                var json = Body.parsed(line);
                var hour = json.path("at").asText().replace('T', '/').substring(0, 13);
                assertThat(name).startsWith("shop/" + hour + "-");
                assertThat(json.path("verified").asBoolean()).isTrue();
                assertThat(json.path("placements")).isNotEmpty();
            });
        });
    }

    @Test
    void nothingIsRolledBeforeTheTurnHasEnded() {
        decisions(1, 1);
        shop.clock.set(
                ArchivedShop.TURN.plus(ArchivedShop.TURNS).plus(Roller.GRACE).minusMillis(1));
        shop.round(shop.one);
        assertThat(shop.files()).isEmpty();

        shop.clock.pass(Duration.ofMillis(1));
        shop.round(shop.one);

        assertThat(shop.allLines()).hasSize(3);
    }

    @Test
    void whoDiesBetweenWritingAndRenamingLeavesNothingToRepair() throws Exception {
        decisions(10, 3);
        shop.endTurn();
        shop.round(shop.one);
        var once = shop.files();
        shop.forgetProgress();
        try (var days = Files.list(shop.folder.resolve("shop"))) {
            days.filter(day -> day.getFileName().toString().startsWith("20")).forEach(Service::delete);
        }

        assertThatThrownBy(() -> dyingAtFile(5).blockLast()).hasMessageContaining("killed");

        var dead = shop.files().keySet();
        assertThat(dead).anyMatch(name -> name.contains(".work"));
        assertThat(dead.stream().filter(name -> name.startsWith("shop/20"))).hasSize(4);
        shop.round(shop.other());
        assertThat(shop.files()).usingRecursiveComparison().isEqualTo(once);
        shop.forgetProgress();
        shop.round(shop.one);
        assertThat(shop.files()).usingRecursiveComparison().isEqualTo(once);
    }

    /** Rolls all groups, and ends with an error before it renames a file for the time of this number. */
    private Flux<Long> dyingAtFile(int number) {
        var left = new int[] {number};
        var folder = new ArchiveFolder(shop.folder.resolve("shop"), (written, place) -> {
            left[0]--;
            if (left[0] == 0) {
                throw new IOException("killed");
            }
            Files.move(written, place, StandardCopyOption.ATOMIC_MOVE);
        });
        var store = shop.one.bean(ArchiveStore.class);
        var roller = new Roller(
                store,
                shop.one.bean(TurnedLogs.class),
                shop.one.bean(Records.class),
                folder,
                new Ownership(store, folder),
                new ArchiveMetrics(new SimpleMeterRegistry()),
                Duration.ofDays(395));
        var holding = new Holding(store);
        return Flux.range(0, ArchiveStore.GROUPS)
                .concatMap(group -> holding.on(group, claim -> roller.roll(group, shop.clock.millis(), claim)));
    }

    @Test
    void twoNodesRollEachLineOnce() throws Exception {
        var told = decisions(10, 2);
        shop.endTurn();

        Flux.merge(Stream.of(shop.one, shop.other(), shop.one)
                        .map(node -> node.bean(ArchiveService.class).round())
                        .toList())
                .blockLast();
        shop.round(shop.one);

        var ids = shop.allLines().stream()
                .map(line -> Body.parsed(line).path("id").asText())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(new HashSet<>(ids)).isEqualTo(told.keySet());
        assertThat(ArchivedShop.count(shop.one, "tappa.archive.lines")
                        + ArchivedShop.count(shop.other(), "tappa.archive.lines"))
                .isEqualTo(told.size());
        assertThat(ArchivedShop.count(shop.one, "tappa.archive.missed")).isZero();
    }

    @Test
    void turnsThatWereMissedAreCounted() {
        decisions(1, 1);
        shop.endTurn();
        shop.round(shop.one);

        shop.clock.pass(ArchivedShop.TURNS.multipliedBy(3));
        shop.round(shop.one);

        assertThat(ArchivedShop.count(shop.one, "tappa.archive.missed")).isEqualTo(2 * ArchiveStore.GROUPS);
    }

    @Test
    void whereItIsSwitchedOffNothingIsArchived() throws Exception {
        decisions(1, 1);
        try (var quiet = shop.node("--tappa.archive.enabled=false")) {
            shop.endTurn();

            shop.round(quiet);

            assertThat(shop.files()).isEmpty();
        }
    }

    @Test
    void aFolderThatIsNotSharedIsNotUsed() throws Exception {
        var told = decisions(1, 1);
        shop.endTurn();
        shop.round(shop.one);
        shop.deleteLogs();
        var elsewhere = Service.temporaryFolder();
        try (var stranger = shop.node("--tappa.archive.folder=" + elsewhere)) {
            shop.endTurn();
            shop.round(stranger);
            var client = stranger.client().with(ExternalRedis.SECRET);

            assertThat(client.post("/v1/archive:sweep", "").code()).isEqualTo("archive-elsewhere");
            assertThat(client.get("/v1/decisions/" + told.keySet().iterator().next())
                            .code())
                    .isEqualTo("no-such-decision");
            assertThat(elsewhere).isEmptyDirectory();
        } finally {
            Service.delete(elsewhere);
        }
    }
}
