package io.tappa.loadtests;

import io.tappa.engine.event.VisitorEvent;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests of the sample shop's pages, from a seed. */
final class ShopTraffic {
    private static final int VISITORS = 5_000;
    private static final List<String> PAGES =
            List.of("home", "category", "product", "cart", "checkout", "account", "search");

    private static final Collector<CharSequence, ?, String> BATCH = Collectors.joining(",", "{\"batch\":[", "]}");

    private final Random random = new Random(5);
    private final GeneratedVisitors visitors = new GeneratedVisitors(5);

    /** A question for all placements of some page. */
    String question() {
        return """
                {"visitor":{"anonymousId":"%s"},"touchpoint":"%s","context":{"language":"en","device":"mobile",\
                "page":"https://shop.example/en/some/page/of/the/shop?utm_source=newsletter&utm_campaign=spring",\
                "referrer":"https://www.search.example/","width":"390","height":"844"}}""".formatted(visitor(), PAGES.get(random.nextInt(PAGES.size())));
    }

    /** What the first so many typical visitors did lately, who let us remember them: requests with many events each. */
    List<String> history() {
        long later = System.currentTimeMillis() - GeneratedVisitors.NOW;
        return IntStream.range(0, VISITORS)
                .mapToObj(visitor -> history(name(visitor), later))
                .toList();
    }

    private String history(String visitor, long later) {
        var events = visitors.events(visitor);
        var consent = """
                {"type":"identify","messageId":"%s","anonymousId":"%s","timestamp":"%s","traits":{"address":{"country":"IT"}},\
                "context":{"consent":{"personalization_storage":"granted"}}}""".formatted(
                        events.get(0).messageId(), visitor, events.get(0).time().plusMillis(later));
        return Stream.concat(
                        Stream.of(consent),
                        events.stream()
                                .skip(1)
                                .map(event -> track(event, event.time().plusMillis(later))))
                .collect(BATCH);
    }

    /** One event. */
    String track() {
        return track(visitors.event(visitor(), System.currentTimeMillis()));
    }

    /** Many events of many visitors. */
    String batch(int events) {
        return IntStream.range(0, events).mapToObj(event -> track()).collect(BATCH);
    }

    /** {@code event} as a site sends it. */
    static String track(VisitorEvent event) {
        return track(event, event.time());
    }

    private static String track(VisitorEvent event, Instant time) {
        var properties = event.values().entrySet().stream()
                .map(value -> "\"%s\":\"%s\"".formatted(value.getKey(), value.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        return """
                {"type":"track","messageId":"%s","anonymousId":"%s","event":"%s","timestamp":"%s","properties":%s}""".formatted(event.messageId(), event.ids().lane().value(), event.name(), time, properties);
    }

    private String visitor() {
        return name(random.nextInt(VISITORS));
    }

    private static String name(int visitor) {
        return "browser-" + visitor;
    }
}
