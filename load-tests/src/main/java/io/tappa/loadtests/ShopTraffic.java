package io.tappa.loadtests;

import io.tappa.engine.event.VisitorEvent;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests of the sample shop's pages, from a seed. */
final class ShopTraffic {
    private static final int VISITORS = 20_000;
    private static final List<String> PAGES =
            List.of("home", "category", "product", "cart", "checkout", "account", "search");

    private final Random random = new Random(5);
    private final GeneratedVisitors visitors = new GeneratedVisitors(5);

    /** A question for all placements of some page. */
    String question() {
        return """
                {"visitor":{"anonymousId":"%s"},"touchpoint":"%s","context":{"language":"en","device":"mobile",\
                "page":"https://shop.example/en/some/page/of/the/shop?utm_source=newsletter&utm_campaign=spring",\
                "referrer":"https://www.search.example/","width":"390","height":"844"}}""".formatted(visitor(), PAGES.get(random.nextInt(PAGES.size())));
    }

    /** One event. */
    String track() {
        return track(visitors.event(visitor(), System.currentTimeMillis()));
    }

    /** Many events of many visitors. */
    String batch(int events) {
        return IntStream.range(0, events)
                .mapToObj(event -> track())
                .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
    }

    /** {@code event} as a site sends it. */
    static String track(VisitorEvent event) {
        var properties = event.values().entrySet().stream()
                .map(value -> "\"%s\":\"%s\"".formatted(value.getKey(), value.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        return """
                {"type":"track","messageId":"%s","anonymousId":"%s","event":"%s","timestamp":"%s","properties":%s}""".formatted(event.messageId(), event.ids().lane().value(), event.name(), event.time(), properties);
    }

    private String visitor() {
        return "browser-" + random.nextInt(VISITORS);
    }
}
