package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * People with three browsers and a userId each, their events shuffled, repeated and joined in any order: what the service knows
 * is what a plain list of each one's events says.
 */
@Timeout(120)
@ExtendWith(SharedService.class)
class SeededPeopleTest {
    private static final int SEEDS = 30;
    private static final List<String> BROWSERS = List.of("a", "b", "c");
    private static final List<String> NAMES =
            List.of("Product Viewed", "Product Viewed", "Product Viewed", "Product Added", "Order Completed");

    private final Client client;
    private final String run = UUID.randomUUID().toString();
    private final Instant start = Instant.now().minus(Duration.ofMinutes(50));

    SeededPeopleTest(Service service) {
        this.client = service.client();
    }

    static List<Integer> seeds() {
        return IntStream.range(0, SEEDS).boxed().toList();
    }

    /** Something that happens in a browser, and perhaps what its person says about advertising. */
    private record Happening(Instant at, String name, String browser, String messageId, String consent) {}

    /** One stage entered, by the plain list. */
    private record Entry(String stage, String at) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theServiceKnowsWhatAPlainListSays(int seed) {
        var random = new Random(seed);
        var before = counters();
        var happenings = happenings(random);
        int shown = random.nextInt(4);
        for (int i = 0; i < shown; i++) {
            assertThat(sidebar(one(random, BROWSERS))).isEqualTo("newsletter-signup");
        }
        var arriving = new ArrayList<ObjectNode>();
        happenings.forEach(happening -> arriving.add(event(happening, null)));
        happenings.subList(0, 4).forEach(happening -> arriving.add(event(happening, null)));
        Collections.shuffle(arriving, random);
        int at = 0;
        for (var browser : BROWSERS) {
            int place = Math.min(arriving.size(), at + random.nextInt(8));
            arriving.add(place, event(signIn(browser), run + "user"));
            at = place + 1;
        }

        arriving.forEach(event -> assertThat(
                        client.post("/v1/batch", Events.batch(event)).status())
                .isEqualTo(200));

        var all = new ArrayList<>(happenings);
        BROWSERS.forEach(browser -> all.add(signIn(browser)));
        all.sort(Comparator.comparing(Happening::at).thenComparing(Happening::messageId));
        compare(all, before);
        assertThat(shown()).isEqualTo(shown);
    }

    private void compare(List<Happening> all, Map<String, Long> before) {
        var person = client.get("/v1/visitors?userId=" + run + "user").json();
        for (var browser : BROWSERS) {
            assertThat(client.get("/v1/visitors?anonymousId=" + run + browser)
                            .json()
                            .path("id"))
                    .isEqualTo(person.path("id"));
        }
        assertThat(person.path("events").asInt()).isEqualTo(all.size());
        assertThat(person.at("/facts/productViews").asInt()).isEqualTo((int) count(all, "Product Viewed"));
        boolean merged = !client.get("/v1/visitors/" + person.path("id").asText() + "/merges")
                .json()
                .path("merges")
                .isEmpty();
        assertThat(person.at("/consents/ad_personalization/status").asText()).isEqualTo(consent(all, merged));
        var entries = entries(all);
        var path = "/v1/visitors/" + person.path("id").asText() + "/journeys/shop";
        var history = client.get(path).json().path("history");
        assertThat(IntStream.range(0, history.size())
                        .mapToObj(i -> new Entry(
                                history.get(i).path("stage").asText(),
                                history.get(i).path("at").asText()))
                        .toList())
                .isEqualTo(entries);
        entries.forEach(entry -> assertThat(
                        client.get(path + "?asOf=" + entry.at()).json().path("history"))
                .isNotEmpty());
        var counted = counters();
        before.forEach((counter, value) -> counted.merge(counter, -value, Long::sum));
        counted.values().removeIf(value -> value == 0);
        assertThat(counted).isEqualTo(expected(entries));
    }

    /** The newest of each browser, the strictest of all once visitors were joined, else the newest. */
    private static String consent(List<Happening> all, boolean merged) {
        var newest = new TreeMap<String, String>();
        var last = "";
        for (var one : all) {
            if (!one.consent().isEmpty()) {
                newest.put(one.browser(), one.consent());
                last = one.consent();
            }
        }
        return merged && newest.containsValue("denied") ? "denied" : last;
    }

    private static Map<String, Long> expected(List<Entry> entries) {
        var expected = new TreeMap<String, Long>();
        expected.put("visitors", 1L);
        expected.put("stages " + entries.get(entries.size() - 1).stage(), 1L);
        for (int i = 1; i < entries.size(); i++) {
            expected.merge(
                    "moves " + entries.get(i - 1).stage() + ">" + entries.get(i).stage(), 1L, Long::sum);
        }
        return expected;
    }

    /** The journey of the shop, said once more. */
    private static List<Entry> entries(List<Happening> all) {
        var entries = new ArrayList<Entry>();
        var stage = "";
        int views = 0;
        for (var one : all) {
            views += one.name().equals("Product Viewed") ? 1 : 0;
            boolean early = stage.isEmpty() || stage.equals("awareness");
            var next = switch (one.name()) {
                case "Product Added" -> "intention";
                case "Order Completed" -> "purchase";
                default -> early ? (views >= 3 ? "consideration" : "awareness") : stage;
            };
            if (!next.equals(stage)) {
                entries.add(new Entry(next, one.at().toString()));
                stage = next;
            }
        }
        return entries;
    }

    private List<Happening> happenings(Random random) {
        return IntStream.range(0, 12)
                .mapToObj(i -> new Happening(
                        start.plusSeconds(60L * i + random.nextInt(50)).truncatedTo(ChronoUnit.MILLIS),
                        one(random, NAMES),
                        one(random, BROWSERS),
                        run + "-" + i,
                        one(random, List.of("", "granted", "granted", "denied"))))
                .toList();
    }

    private Happening signIn(String browser) {
        return new Happening(
                start.plus(Duration.ofMinutes(20 + BROWSERS.indexOf(browser))).truncatedTo(ChronoUnit.MILLIS),
                "Page Viewed",
                browser,
                run + "-sign-in-" + browser,
                "");
    }

    private ObjectNode event(Happening happening, @Nullable String user) {
        var event = Events.track(happening.messageId(), run + happening.browser(), user, happening.name());
        if (!happening.consent().isEmpty()) {
            event.withObject("/context/consent").put("ad_personalization", happening.consent());
        }
        return Events.at(happening.at(), event);
    }

    /** How often caps say that the person was shown something. */
    private int shown() {
        var id = client.get("/v1/visitors?userId=" + run + "user")
                .json()
                .path("id")
                .asText();
        return client.get("/v1/visitors/" + id + "/export")
                .json()
                .at("/shown/0/times")
                .size();
    }

    private String sidebar(String browser) {
        for (var decision : client.post("/v1/decisions", Events.question(run + browser, null, "home"))
                .json()
                .path("decisions")) {
            if (decision.path("placement").asText().endsWith("sidebar")) {
                return decision.path("offer").asText();
            }
        }
        throw new AssertionError("no sidebar");
    }

    private Map<String, Long> counters() {
        var stages = client.get("/v1/journeys/shop/stages").json();
        var counters = new TreeMap<String, Long>();
        counters.put("visitors", stages.path("visitors").asLong());
        add(counters, "stages", stages.path("stages"));
        add(counters, "moves", stages.path("moves"));
        return counters;
    }

    private static void add(Map<String, Long> counters, String name, JsonNode counts) {
        counts.properties()
                .forEach(count -> counters.put(
                        name + " " + count.getKey(), count.getValue().asLong()));
    }

    private static long count(List<Happening> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).count();
    }

    private static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
