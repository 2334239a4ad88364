package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.store.TimerQueue;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Time moves visitors, by the clock of the events, whoever dies meanwhile. */
@Timeout(120)
class TimersTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");

    @TempDir
    private Path folder;

    private Path pack() throws IOException {
        Files.createDirectories(folder.resolve("journeys"));
        Files.writeString(folder.resolve("pack.yaml"), """
                pack: shop
                zone: Europe/Rome
                currency: EUR
                consent: { personalization_storage: granted }
                languages: [en]
                journey: visit
                """);
        Files.writeString(folder.resolve("journeys/visit.yaml"), """
                journey: visit
                start: active
                stages: { active: {}, quiet: {}, asleep: {} }
                moves:
                  - { id: silent, after: 2 hours without events, from: active, to: quiet }
                  - { id: sleeps, after: 1 day in stage, from: quiet, to: asleep }
                  - { id: wakes, on: Page Viewed, from: [ quiet, asleep ], to: active }
                """);
        return folder;
    }

    private Service start(Path data) throws IOException {
        return Service.startOn(
                data, "--tappa.packfolder=" + pack(), "--tappa.clock=events", "--tappa.timers.pause=50ms");
    }

    @Test
    void movesVisitorsWhoAreSilentAndForgetsTheTimersOfThoseWhoAreNot(@TempDir Path data) throws Exception {
        try (var service = start(data)) {
            var client = service.client();
            view(client, "silent", MORNING);
            view(client, "busy", MORNING);
            assertThat(timers(service)).allSatisfy(due -> assertThat(due).isEqualTo(MORNING.plus(Duration.ofHours(2))));

            view(client, "busy", MORNING.plus(Duration.ofHours(1)));
            view(client, "clock", MORNING.plus(Duration.ofHours(2)).plusSeconds(1));

            Patience.until("quiet", SOON, () -> stage(client, "silent").equals("quiet"));
            assertThat(visit(client, "silent").path("since").asText())
                    .isEqualTo(MORNING.plus(Duration.ofHours(2)).toString());
            assertThat(stage(client, "busy")).isEqualTo("active");
            var stages = client.get("/v1/journeys/visit/stages").json();
            assertThat(stages.at("/stages/quiet").asInt()).isEqualTo(1);
            assertThat(stages.at("/moves/active>quiet").asInt()).isEqualTo(1);
        }
    }

    @Test
    void movesVisitorsAfterARestartAsOfTheMomentThatWasDue(@TempDir Path data) throws Exception {
        try (var service = start(data)) {
            view(service.client(), "silent", MORNING);
        }
        try (var service = start(data)) {
            var client = service.client();
            view(client, "other", MORNING.plus(Duration.ofDays(3)));

            Patience.until("asleep", SOON, () -> stage(client, "silent").equals("asleep"));

            var history = visit(client, "silent").path("history");
            assertThat(history.findValuesAsText("stage")).containsExactly("active", "quiet", "asleep");
            assertThat(history.get(2).path("at").asText())
                    .isEqualTo(MORNING.plus(Duration.ofHours(26)).toString());
            assertThat(history.get(2).path("event").asText()).isEqualTo("Time Passed");
            view(client, "silent", MORNING.plus(Duration.ofDays(3)));
            assertThat(stage(client, "silent")).isEqualTo("active");
        }
    }

    @Test
    void aLateEventTakesASilenceBack(@TempDir Path data) throws Exception {
        try (var service = start(data)) {
            var client = service.client();
            view(client, "late", MORNING);
            view(client, "other", MORNING.plus(Duration.ofHours(3)));
            Patience.until("quiet", SOON, () -> stage(client, "late").equals("quiet"));

            view(client, "late", MORNING.plus(Duration.ofMinutes(90)));

            assertThat(stage(client, "late")).isEqualTo("active");
            var stages = client.get("/v1/journeys/visit/stages").json();
            assertThat(stages.path("moves").path("active>quiet").asInt()).isZero();
        }
    }

    @Test
    void nothingOfAVisitIsKeptWhenTheNextOneBeginsBeforeTheTimer(@TempDir Path data) throws Exception {
        Files.writeString(
                pack().resolve("pack.yaml"),
                Files.readString(folder.resolve("pack.yaml")).replace("granted", "session"));
        try (var service = Service.startOn(
                data, "--tappa.packfolder=" + folder, "--tappa.clock=events", "--tappa.timers.pause=1h")) {
            var client = service.client();
            view(client, "first-browser", MORNING);
            post(client, Events.at(MORNING.plusSeconds(1), track(null, "person")));
            post(client, Events.at(MORNING.plusSeconds(2), track("first-browser", "person")));
            post(client, Events.at(MORNING.plusSeconds(3), track("second-browser", "person")));
            view(client, "second-browser", MORNING.plus(Duration.ofHours(2)));

            var visitor = client.get("/v1/visitors?anonymousId=second-browser").json();
            assertThat(visitor.path("events").asInt()).isEqualTo(1);
            assertThat(visitor.path("ids")).hasSize(1);
            var export = client.get("/v1/visitors/" + visitor.path("id").asText() + "/export")
                    .json();
            assertThat(export.path("events")).hasSize(1);
            assertThat(export.path("moves")).isEmpty();
            assertThat(client.get("/v1/visitors?anonymousId=first-browser").status())
                    .isEqualTo(404);
            assertThat(client.get("/v1/visitors?userId=person").status()).isEqualTo(404);
            assertThat(client.get("/v1/journeys/visit/stages")
                            .json()
                            .path("visitors")
                            .asInt())
                    .isEqualTo(1);
            var keys = service.redis(redis -> Service.keys(redis, "*:{s*}:*"));
            assertThat(keys)
                    .filteredOn(key -> key.matches(".*:(v|log[0-9]):.*"))
                    .hasSize(2);
            assertThat(keys).noneMatch(key -> key.contains(":moves:"));
        }
    }

    private static ObjectNode track(@Nullable String browser, @Nullable String person) {
        return Events.track(UUID.randomUUID().toString(), browser, person, "Page Viewed");
    }

    private static void post(Client client, ObjectNode event) {
        var answer = client.post("/v1/batch", Events.batch(event));
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(1);
    }

    @Test
    void aVisitWithoutConsentEndsHalfAnHourAfterItsLastEvent(@TempDir Path data) throws Exception {
        Files.writeString(
                pack().resolve("pack.yaml"),
                Files.readString(folder.resolve("pack.yaml")).replace("granted", "session"));
        try (var service = Service.startOn(
                data, "--tappa.packfolder=" + folder, "--tappa.clock=events", "--tappa.timers.pause=50ms")) {
            var client = service.client();
            view(client, "guest", MORNING);
            consent(client, "regular", MORNING);
            view(client, "other", MORNING.plus(Duration.ofMinutes(29)));
            assertThat(stage(client, "guest")).isEqualTo("active");

            consent(client, "clock", MORNING.plus(Duration.ofMinutes(31)));

            Patience.until(
                    "gone",
                    SOON,
                    () -> client.get("/v1/visitors?anonymousId=guest").status() == 404);
            assertThat(stage(client, "regular")).isEqualTo("active");
            Patience.until(
                    "counted out",
                    SOON,
                    () -> client.get("/v1/journeys/visit/stages")
                                    .json()
                                    .path("visitors")
                                    .asInt()
                            == 3);
        }
    }

    @Test
    void aNewTimeOutCountsForThoseWhoAreHereAlready(@TempDir Path data) throws Exception {
        var journey = pack().resolve("journeys/visit.yaml");
        var content = Files.readString(journey);
        Files.writeString(journey, content.replaceAll("(?m)^.*id: silent.*\\R", ""));
        try (var service = Service.startOn(
                data, "--tappa.packfolder=" + folder, "--tappa.clock=events", "--tappa.timers.pause=50ms")) {
            var client = service.client();
            view(client, "early", MORNING);
            view(client, "clock", MORNING.plus(Duration.ofHours(3)));
            assertThat(timers(service)).allSatisfy(due -> assertThat(due).isAfter(MORNING.plus(Duration.ofDays(395))));

            Files.writeString(journey, content);
            client.post("/v1/packs/shop:reload", "");

            Patience.until("quiet", SOON, () -> stage(client, "early").equals("quiet"));
            assertThat(visit(client, "early").path("since").asText())
                    .isEqualTo(MORNING.plus(Duration.ofHours(2)).toString());
        }
    }

    @Test
    void whoeverIsClaimedByANodeThatDiesIsMovedOnceTheLeaseEnds(@TempDir Path data) throws Exception {
        try (var service = start(data)) {
            view(service.client(), "silent", MORNING);
            var queue = service.bean(TimerQueue.class);
            var key = VisitorKey.of(new Identity(IdKind.ANONYMOUS, "silent"));
            long due = MORNING.plus(Duration.ofHours(2)).toEpochMilli();
            long lease = Duration.ofMinutes(10).toMillis();
            assertThat(queue.claim(key.shard(), due - 1, lease, 10)
                            .collectList()
                            .block())
                    .isEmpty();
            assertThat(queue.claim(key.shard(), due, lease, 10).collectList().block())
                    .containsExactly(key);

            view(service.client(), "clock", MORNING.plus(Duration.ofHours(2)).plusSeconds(1));
            service.bean(TimerService.class).round().block();
            assertThat(stage(service.client(), "silent")).isEqualTo("active");

            view(service.client(), "clock", MORNING.plus(Duration.ofHours(2)).plusSeconds(601));
            Patience.until(
                    "quiet", SOON, () -> stage(service.client(), "silent").equals("quiet"));
            assertThat(visit(service.client(), "silent").path("since").asText())
                    .isEqualTo(MORNING.plus(Duration.ofHours(2)).toString());
        }
    }

    @Test
    void aClaimThatEndsWithoutAWriteLeavesWhatWasSetMeanwhile(@TempDir Path data) throws Exception {
        try (var service = start(data)) {
            view(service.client(), "silent", MORNING);
            var queue = service.bean(TimerQueue.class);
            var key = VisitorKey.of(new Identity(IdKind.ANONYMOUS, "silent"));
            long due = MORNING.plus(Duration.ofHours(2)).toEpochMilli();
            queue.claim(key.shard(), due, 60_000, 10).collectList().block();
            view(service.client(), "silent", MORNING.plus(Duration.ofHours(1)));

            queue.release(key, due + 60_000, 0).block();

            assertThat(timers(service)).hasSize(1);
            long later = due + Duration.ofHours(1).toMillis();
            assertThat(queue.claim(key.shard(), later - 1, 1, 10).collectList().block())
                    .isEmpty();
            assertThat(queue.claim(key.shard(), later, 1, 10).collectList().block())
                    .containsExactly(key);
            queue.release(key, later + 1, 0).block();
            assertThat(timers(service)).isEmpty();
        }
    }

    @Test
    void namesOfEventsAreToldForAPackWithTimeOuts(@TempDir Path data) throws Exception {
        try (var service = start(data)) {
            view(service.client(), "somebody", MORNING);

            var names = service.client().get("/v1/events/names");

            assertThat(names.status()).isEqualTo(200);
            assertThat(names.json().at("/names/0/used").asBoolean()).isTrue();
        }
    }

    private static void consent(Client client, String device, Instant at) {
        var page = Events.track(UUID.randomUUID().toString(), device, null, "Page Viewed");
        page.withObject("/context/consent").put("personalization_storage", true);
        assertThat(client.post("/v1/batch", Events.batch(Events.at(at, page))).status())
                .isEqualTo(200);
    }

    private static void view(Client client, String device, Instant at) {
        var page = Events.track(UUID.randomUUID().toString(), device, null, "Page Viewed");
        var answer = client.post("/v1/batch", Events.batch(Events.at(at, page)));
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(1);
    }

    private static String stage(Client client, String device) {
        return visit(client, device).path("stage").asText();
    }

    private static JsonNode visit(Client client, String device) {
        return client.get("/v1/visitors?anonymousId=" + device).json().at("/journeys/visit");
    }

    /** When somebody is to be woken next. */
    private static List<Instant> timers(Service service) {
        return service.redis(connection -> Service.keys(connection, "tappa:shop:*:timers").stream()
                .flatMap(shard -> connection.sync().zrangeWithScores(shard, 0, -1).stream())
                .map(timer -> Instant.ofEpochMilli((long) timer.getScore()))
                .toList());
    }
}
