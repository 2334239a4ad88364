package io.tappa.api.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.MovedClock;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand decisions of a day and a half, in which all sorts of things happen: each of them can be made again, to the byte. */
@Timeout(600)
class EveryRecordVerifiesTest {
    private static final int ROUNDS = 50;
    private static final int EACH = 200;
    private static final int PEOPLE = 1_500;
    private static final int ERASED = 12;

    private final MovedClock clock = new MovedClock(ArchivedShop.TURN.plus(Duration.ofHours(1)));
    private final Path folder = Service.temporaryFolder();
    private final ShopCopy shop = MixedShop.pack();
    private final Random random = new Random(20_261_128);
    private final List<String> ids = new ArrayList<>();
    private final Set<String> reasons = new TreeSet<>();
    private final Set<String> gone = new HashSet<>();
    private final TreeMap<String, List<String>> byPerson = new TreeMap<>();

    @Test
    void onAnotherNodeAfterARestartAfterThreePublishesAndFromTheArchive() throws Exception {
        try (var redis = new ExternalRedis().start()) {
            try (var one = node(redis)) {
                try (var other = node(redis)) {
                    happen(client(one), client(other));
                    erase(client(one));
                    all(client(other), "hot");
                }
                publish(client(one));
                all(client(one), "hot");
            }
            try (var restarted = node(redis)) {
                all(client(restarted), "hot");
                clock.pass(ArchivedShop.TURNS);
                restarted.bean(ArchiveService.class).round().block();
                clock.pass(ArchivedShop.TURNS);
                deleteLogsAndSurroundings(redis);
                all(client(restarted), "archive");
            }
        } finally {
            shop.close();
            Service.delete(folder);
        }
    }

    private Service node(ExternalRedis redis) throws Exception {
        var node =
                redis.serviceAt(clock, shop.setting(), "--tappa.archive.folder=" + folder, "--tappa.archive.pause=1h");
        Patience.until(
                "looked after the archive",
                Duration.ofSeconds(30),
                () -> ArchivedShop.count(node, "tappa.archive.rounds") > 0);
        return node;
    }

    private static Client client(Service node) {
        return node.client().with(ExternalRedis.SECRET);
    }

    private void happen(Client one, Client other) {
        for (int round = 0; round < ROUNDS; round++) {
            var nodes = List.of(one, other);
            events(nodes.get(round % 2));
            disturb(round, nodes.get((round + 1) % 2));
            var questions = new ArrayList<ObjectNode>();
            for (int i = 0; i < EACH; i++) {
                questions.add(question());
            }
            var answers = Client.atOnce(
                    questions, question -> nodes.get(random.nextInt(2)).posted("/v1/decisions", question.toString()));
            var seen = new ArrayList<ObjectNode>();
            for (int i = 0; i < EACH; i++) {
                assertThat(answers.get(i).status()).as(answers.get(i).body()).isEqualTo(200);
                note(questions.get(i), answers.get(i).json(), seen);
            }
            assertThat(other.post("/v1/batch", Events.batch(seen)).status()).isEqualTo(200);
            clock.pass(Duration.ofMinutes(40));
        }
        assertThat(ids).hasSize(ROUNDS * EACH).doesNotHaveDuplicates();
        assertThat(reasons)
                .contains(
                        "budget",
                        "cap",
                        "chosen",
                        "codes",
                        "dismissed",
                        "experiment",
                        "held-out",
                        "hours",
                        "never-show",
                        "outranked",
                        "paused",
                        "pressure",
                        "segment-or-conditions");
    }

    private ObjectNode question() {
        int person = random.nextInt(PEOPLE);
        var question = Events.question("d-" + person, person % 7 == 0 ? "u-" + person % 420 : null, "home");
        question.putObject("context").put("language", random.nextInt(4) == 0 ? "en" : "it");
        return question.put("explain", "full");
    }

    /** What people did before, all with consent. */
    private void events(Client node) {
        var events = new ArrayList<ObjectNode>();
        for (int i = 0; i < 120; i++) {
            int person = random.nextInt(PEOPLE);
            var id = "d-" + person;
            var message = "m-" + clock.millis() + "-" + i;
            var event = switch (random.nextInt(4)) {
                case 0 -> traits(Events.identify(message, id, person % 7 == 0 ? "u-" + person % 420 : null));
                case 1 ->
                    Events.with(
                            "total",
                            random.nextInt(200),
                            Events.with("order_id", message, Events.track(message, id, null, "Order Completed")));
                default -> Events.with("product_id", "p-1", Events.track(message, id, null, "Product Viewed"));
            };
            event.withObject("/context/consent").put("personalization_storage", "granted");
            events.add(Events.at(clock.now(), event));
        }
        assertThat(node.post("/v1/batch", Events.batch(events)).status()).isEqualTo(200);
    }

    private ObjectNode traits(ObjectNode identify) {
        identify.putObject("traits")
                .put("country", random.nextBoolean() ? "IT" : "DE")
                .put("firstName", "Ann <\"" + random.nextInt(9) + "\">");
        return identify;
    }

    /** Now and then something is paused, or sold out, or goes on. */
    private void disturb(int round, Client node) {
        if (round % 10 == 3) {
            var pause = Events.body("what", "offer:two").put("reason", "wrong price");
            assertThat(node.post("/v1/packs/shop/pauses", pause).status()).isEqualTo(200);
        }
        if (round % 10 == 6) {
            assertThat(node.delete("/v1/packs/shop/pauses/offer:two").status()).isLessThan(300);
        }
    }

    private void note(ObjectNode question, JsonNode answer, List<ObjectNode> seen) {
        assertThat(answer.path("degraded")).as(answer.toString()).isEmpty();
        var id = answer.path("decisionId").asText();
        var person = question.at("/visitor/anonymousId").asText();
        ids.add(id);
        byPerson.computeIfAbsent(person, key -> new ArrayList<>()).add(id);
        for (var decided : answer.path("decisions")) {
            decided.path("candidates").forEach(candidate -> {
                var verdict = candidate.path("verdict").asText();
                reasons.add(List.of("segment", "conditions").contains(verdict) ? "segment-or-conditions" : verdict);
            });
            if (decided.path("offer").isTextual() && random.nextInt(3) == 0) {
                var name = List.of("Viewed", "Viewed", "Clicked", "Dismissed").get(random.nextInt(4));
                var event = Events.track("s-" + id + seen.size(), person, null, "Promotion " + name);
                Events.with("promotion_id", decided.path("offer").asText(), event);
                Events.with("position", "home." + decided.path("placement").asText(), event);
                Events.with("decisionId", id, event);
                event.withObject("/context/consent").put("personalization_storage", "granted");
                seen.add(Events.at(clock.now(), event));
            }
        }
    }

    private void erase(Client node) {
        for (var person : List.copyOf(byPerson.keySet()).subList(0, ERASED)) {
            var visitor = node.get("/v1/visitors?anonymousId=" + person)
                    .json()
                    .path("id")
                    .asText();
            if (!visitor.isEmpty() && node.delete("/v1/visitors/" + visitor).status() == 204) {
                gone.add(person);
            }
        }
        assertThat(gone).isNotEmpty();
    }

    private void publish(Client node) {
        for (var word : List.of("First", "Second", "Third")) {
            shop.write("offers.yaml", MixedShop.offers(word));
            assertThat(node.post("/v1/packs/shop:reload", "").status()).isEqualTo(200);
        }
    }

    private static void deleteLogsAndSurroundings(ExternalRedis redis) {
        for (var pattern : List.of("*:log[0-9]:*", "*:around:*")) {
            Service.redis(redis.port(), connection -> {
                var keys = Service.keys(connection, pattern);
                assertThat(keys).isNotEmpty();
                return connection.sync().del(keys.toArray(String[]::new));
            });
        }
    }

    /** All of them at once, and each of some by its id. */
    private void all(Client node, String from) {
        var all = node.get("/v1/decisions:verify?last=100000").json();
        var checked = all.path("checked").asInt();
        assertThat(all.path("verified").asInt()).as(all.toString()).isEqualTo(checked);
        var erased = new TreeSet<String>();
        for (int i = 0; i < 150; i++) {
            var id = ids.get(random.nextInt(ids.size()));
            var verdict = node.get("/v1/decisions/" + id + "/verify").json();
            if (verdict.path("erased").asBoolean()) {
                erased.add(id);
            } else {
                assertThat(verdict.path("verified").asBoolean())
                        .as(verdict.toString())
                        .isTrue();
                assertThat(verdict.path("from").asText()).isEqualTo(from);
            }
        }
        gone.forEach(person -> byPerson.get(person)
                .forEach(id -> assertThat(node.get("/v1/decisions/" + id + "/verify")
                                .json()
                                .path("erased")
                                .asBoolean())
                        .as(person)
                        .isTrue()));
        int left = byPerson.entrySet().stream()
                .filter(entry -> !gone.contains(entry.getKey()))
                .mapToInt(entry -> entry.getValue().size())
                .sum();
        assertThat(checked).isBetween(left - 100 * ERASED, left);
        assertThat(erased).hasSizeLessThan(200);
        assertThat(Instant.ofEpochMilli(clock.millis())).isAfter(ArchivedShop.TURN);
    }
}
