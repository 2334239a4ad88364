package io.tappa.api.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.MovedClock;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.notify.Receiver;
import io.tappa.api.pack.ShopCopy;
import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.DisplayCounts.Counter;
import io.tappa.api.store.DisplayCounts.Kind;
import io.tappa.api.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes of a shop with a campaign that has guard rails, with a webhook, at half past ten. */
final class GuardedShop implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    final MovedClock clock = new MovedClock(Instant.parse("2026-11-27T10:30:00Z"));
    final Receiver receiver = new Receiver();
    final ExternalRedis redis = new ExternalRedis().start();
    final ShopCopy shop = new ShopCopy();
    final List<Service> nodes = new ArrayList<>();

    /** So many nodes, with these guard rails. */
    GuardedShop(int nodes, String guardRails) {
        shop.write("offers.yaml", """
                offers:
                  rush:  { content: { site: { en: { title: Rush } } } }
                  coded: { codes: codes/first.csv, content: { site: { en: { title: "Yours: {code}" } } } }
                  plain: { content: { site: { en: { title: Plain } } } }
                """);
        shop.write("touchpoints.yaml", """
                touchpoints:
                  home: { channel: site, placements: { side: {}, foot: {} } }
                  cart: { channel: site, placements: { drawer: {} } }
                """);
        shop.only("decisions", "rules.yaml", """
                rules:
                  - { id: rush, where: home.side, show: rush }
                  - { id: no-rush, where: home.side, show: plain, priority: low }
                  - { id: coded, where: home.foot, show: coded }
                  - { id: plain, where: cart.drawer, show: plain }
                """);
        shop.onlyOwnOffers();
        shop.write("contact-policy.yaml", "{ dismissed: 2 days }");
        shop.write("campaigns/rush.yaml", """
                campaign: rush
                offers: [ rush ]
                budget: 4
                guard rails: %s
                """.formatted(guardRails));
        codes(20);
        for (int i = 0; i < nodes; i++) {
            start();
        }
    }

    /** One node more. */
    Service start() {
        var node = redis.serviceAt(
                clock,
                shop.setting(),
                "--tappa.guard.pause=30ms",
                "--tappa.notify.pause=10ms",
                "--tappa.notify.url=" + receiver.url());
        nodes.add(node);
        return node;
    }

    void codes(int count) {
        shop.write(
                "codes/first.csv",
                IntStream.range(0, count)
                        .mapToObj("F-%05d"::formatted)
                        .collect(Collectors.joining("\n", "code\n", "\n")));
    }

    Client client() {
        return nodes.get(0).client().with(ExternalRedis.SECRET);
    }

    JsonNode ask(String id, String touchpoint) {
        return client().post("/v1/decisions", Events.question(id, null, touchpoint))
                .json();
    }

    /** The offer that somebody sees at the side. */
    String side(String id) {
        return ask(id, "home").at("/decisions/0/offer").asText();
    }

    JsonNode findings() {
        return client().get("/v1/findings").json();
    }

    JsonNode pauses() {
        return client().get("/v1/packs/shop/pauses").json().path("pauses");
    }

    DisplayCounts counts() {
        return nodes.get(0).bean(DisplayCounts.class);
    }

    /** So many of {@code kind} are counted so many hours ago. */
    void count(Kind kind, String placement, String offer, int hoursAgo, long times) {
        long hour = DisplayCounts.hour(clock.millis()) - hoursAgo;
        counts().add(hour, Map.of(new Counter(kind, placement, offer), times)).block();
    }

    /** What was counted in the present hour; nothing while the store is away. */
    long counted(Kind kind, String placement, String offer) {
        var all = counts().of(DisplayCounts.hour(clock.millis()))
                .onErrorComplete(StoreUnavailable.class)
                .block();
        return all == null ? 0 : all.getOrDefault(new Counter(kind, placement, offer), 0L);
    }

    private double rounds() {
        return nodes.stream()
                .mapToDouble(node -> node.bean(MeterRegistry.class)
                        .counter("tappa.guard.rounds")
                        .count())
                .sum();
    }

    /** All that is true now has been looked at, more than once. */
    void looked() throws Exception {
        double before = rounds();
        Patience.until("it is looked after", SOON, () -> rounds() >= before + 4);
    }

    /** The webhook was told these, and nothing else. */
    void told(String... news) throws Exception {
        Patience.until("told " + List.of(news), SOON, () -> receiver.taken().size() >= news.length);
        looked();
        if (!receiver.taken().equals(List.of(news))) {
            throw new AssertionError("told " + receiver.taken() + " instead of " + List.of(news));
        }
    }

    @Override
    public void close() {
        nodes.forEach(Service::close);
        redis.close();
        shop.close();
        receiver.close();
    }
}
