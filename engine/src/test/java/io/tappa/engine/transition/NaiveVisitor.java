package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What {@link LabPack} means, said a second time without anything of the engine: one list of events in order, and every
 * fact counted from the beginning.
 */
final class NaiveVisitor {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private final List<VisitorEvent> events;
    private final Map<String, List<Entry>> histories = new TreeMap<>();
    private final Map<String, Long> counters = new TreeMap<>();

    /** One stage entered. */
    record Entry(String stage, long at, String event, String move) {}

    /** Replays {@code sorted} from the beginning. */
    NaiveVisitor(List<VisitorEvent> sorted) {
        this.events = new ArrayList<>();
        for (var event : sorted) {
            events.add(event);
            var facts = facts(event.atMillis());
            var shop = shopMove(event.name(), facts);
            var club = clubMove(event.name(), facts);
            enter("shop", "awareness", event, shop);
            enter("club", "outside", event, club);
        }
        histories.forEach((journey, history) -> {
            count(journey, stage(journey, ""));
            count(journey, "*");
        });
    }

    Map<String, List<Entry>> histories() {
        return histories;
    }

    /** Counters as {@code journey counter}. */
    Map<String, Long> counters() {
        return counters;
    }

    private void count(String journey, String counter) {
        counters.merge(journey + " " + counter, 1L, Long::sum);
    }

    private void enter(String journey, String start, VisitorEvent event, String move) {
        var history = histories.computeIfAbsent(journey, key -> new ArrayList<>());
        var parts = move.split(">", 2);
        if (move.isEmpty() && history.isEmpty()) {
            history.add(new Entry(start, event.atMillis(), event.name(), "entry"));
        } else if (!move.isEmpty() && history.isEmpty()) {
            history.add(new Entry(parts[1], event.atMillis(), event.name(), parts[0]));
        } else if (!move.isEmpty() && !stage(journey, "").equals(parts[1])) {
            count(journey, stage(journey, "") + ">" + parts[1]);
            history.add(new Entry(parts[1], event.atMillis(), event.name(), parts[0]));
        }
    }

    private String stage(String journey, String start) {
        var history = histories.getOrDefault(journey, List.of());
        return history.isEmpty() ? start : history.get(history.size() - 1).stage();
    }

    private static String shopMove(String event, Map<String, String> facts) {
        var stage = facts.get("stage");
        return switch (event) {
            case "Product Viewed" ->
                stage.equals("awareness") && number(facts, "viewsInADay") >= 3 ? "interested>consideration" : "";
            case "Product Added" -> "wants>intention";
            case "Product Removed" ->
                stage.equals("intention") && number(facts, "cartItems") == 0 ? "empties>consideration" : "";
            case "Order Completed" -> number(facts, "ordersEver") >= 2 ? "loyal>loyalty" : "buys>purchase";
            case "Page Viewed" ->
                (stage.equals("consideration") || stage.equals("intention"))
                                && number(facts, "hoursInStage") >= 2 * HOUR
                        ? "cools>awareness"
                        : "";
            case "Survey Answered" -> facts.get("persona").contains("fan") ? "praises>advocacy" : "";
            default -> "";
        };
    }

    private static String clubMove(String event, Map<String, String> facts) {
        var stage = facts.get("stage of club");
        return switch (event) {
            case "Identified" -> {
                if ("no".equals(facts.get("card"))) {
                    yield "leaves>outside";
                }
                yield stage.equals("outside") && "yes".equals(facts.get("card")) ? "joins>member" : "";
            }
            case "Order Completed" ->
                stage.equals("member") && number(facts, "spentInAWeek") >= 100_00 ? "rises>vip" : "";
            case "Page Viewed" -> stage.equals("vip") ? "falls-a>member" : "";
            case "Product Viewed" ->
                stage.equals("vip") && (number(facts, "categoriesNow") == 2 || "hats".equals(facts.get("favourite")))
                        ? "fades>member"
                        : "";
            default -> "";
        };
    }

    private static long number(Map<String, String> facts, String fact) {
        return Long.parseLong(facts.get(fact));
    }

    /** All facts at {@code now} but the event's and the touchpoint's name; unknown ones are missing. */
    Map<String, String> facts(long now) {
        var facts = new HashMap<String, String>();
        var views = named("Product Viewed");
        var orders = named("Order Completed");
        facts.put("viewsEver", "" + views.size());
        facts.put(
                "viewsInADay",
                "" + within(newest(views, LabPack.VIEWS_KEPT), now, DAY).size());
        facts.put("shoesSeen", "" + having(views, "category", "shoes").size());
        facts.put("spentEver", "" + sum(orders));
        var paid = with(orders, "total", text -> cents(text) != null);
        paid.sort(Comparator.comparingLong(VisitorEvent::atMillis)
                .thenComparing(order -> cents(order.values().get("total"))));
        facts.put("spentInAWeek", "" + sum(within(newest(paid, LabPack.ORDERS_KEPT), now, 7 * DAY)));
        facts.put("ordersEver", "" + lastTimes(orders, "order_id").size());
        facts.put("categoriesNow", "" + categoriesNow(views, now));
        put(facts, "favourite", favourite(views, now));
        put(facts, "lastCategory", last(views, "category"));
        put(facts, "firstPrice", cents(first(views, "price")));
        put(
                facts,
                "lastOrder",
                orders.isEmpty() ? null : orders.get(orders.size() - 1).atMillis());
        put(facts, "firstVisit", events.isEmpty() ? null : events.get(0).atMillis());
        put(
                facts,
                "sinceVisit",
                events.isEmpty() ? null : now - events.get(events.size() - 1).atMillis());
        put(facts, "nps", last(having(named("Survey Answered"), "kind", "nps"), "score"));
        var identified = named("Identified");
        put(facts, "country", last(identified, "traits.address.country"));
        put(facts, "card", yesNo(last(identified, "traits.card")));
        put(facts, "birthday", date(last(identified, "traits.birthday")));
        put(facts, "heroTest", heroTest());
        basket(facts);
        put(facts, "hour", Instant.ofEpochMilli(now).atZone(ROME).getHour());
        put(
                facts,
                "day",
                Instant.ofEpochMilli(now).atZone(ROME).getDayOfWeek().name().toLowerCase(Locale.ROOT));
        journeys(facts, now);
        personas(facts);
        return facts;
    }

    private String heroTest() {
        return having(named("Experiment Viewed"), "experiment_id", "hero").stream()
                .filter(event -> variation(event) != null)
                .min(Comparator.comparingLong(VisitorEvent::atMillis).thenComparing(NaiveVisitor::variation))
                .map(NaiveVisitor::variation)
                .orElse(null);
    }

    private static String variation(VisitorEvent event) {
        return event.values().getOrDefault("variation_name", event.values().get("variation_id"));
    }

    private void journeys(Map<String, String> facts, long now) {
        facts.put("stage", stage("shop", "awareness"));
        facts.put("stage of club", stage("club", "outside"));
        facts.put("reached", reached("shop"));
        facts.put("reached of club", reached("club"));
        var shop = histories.getOrDefault("shop", List.of());
        put(
                facts,
                "hoursInStage",
                shop.isEmpty() ? null : now - shop.get(shop.size() - 1).at());
    }

    private String reached(String journey) {
        var reached = new TreeSet<String>();
        histories.getOrDefault(journey, List.of()).forEach(entry -> reached.add(entry.stage()));
        return reached.toString();
    }

    private static void personas(Map<String, String> facts) {
        var personas = new TreeSet<String>();
        if (number(facts, "ordersEver") >= 2 && facts.containsKey("nps") && number(facts, "nps") >= 9) {
            personas.add("fan");
        }
        if (number(facts, "viewsInADay") >= 3) {
            personas.add("looker");
        }
        facts.put("persona", personas.toString());
        facts.put("segment", "[]");
    }

    private void basket(Map<String, String> facts) {
        var orders = named("Order Completed");
        long emptied = orders.isEmpty()
                ? Long.MIN_VALUE
                : orders.get(orders.size() - 1).atMillis();
        var changes = new ArrayList<>(events);
        changes.removeIf(event -> event.atMillis() <= emptied
                || !(event.name().equals("Product Added") || event.name().equals("Product Removed")));
        changes.sort(Comparator.comparingLong(VisitorEvent::atMillis)
                .thenComparing(NaiveVisitor::product)
                .thenComparing(NaiveVisitor::change)
                .thenComparing(NaiveVisitor::price, Comparator.nullsFirst(Comparator.naturalOrder())));
        var pieces = new LinkedHashMap<String, Long>();
        var prices = new HashMap<String, Long>();
        for (var event : newest(changes, 50)) {
            pieces.merge(
                    product(event), Math.max(0, change(event)), (had, ignored) -> Math.max(0, had + change(event)));
            if (change(event) > 0) {
                prices.put(product(event), price(event));
            }
        }
        long items = 0;
        Long value = 0L;
        for (var line : pieces.entrySet()) {
            items += line.getValue();
            var price = prices.get(line.getKey());
            if (line.getValue() > 0) {
                value = value == null || price == null ? null : Long.valueOf(value + line.getValue() * price);
            }
        }
        facts.put("cartItems", "" + items);
        put(facts, "cartValue", value);
        put(facts, "gap", value == null ? null : Math.max(0, 80_00 - value));
    }

    private static String product(VisitorEvent event) {
        return event.values().getOrDefault("product_id", "?");
    }

    private static long change(VisitorEvent event) {
        var quantity = event.values().getOrDefault("quantity", "1");
        long pieces = quantity.matches("[0-9]+") ? Long.parseLong(quantity) : 1;
        return event.name().equals("Product Added") ? pieces : -pieces;
    }

    private static Long price(VisitorEvent event) {
        return cents(event.values().get("price"));
    }

    private List<VisitorEvent> named(String name) {
        return new ArrayList<>(
                events.stream().filter(event -> event.name().equals(name)).toList());
    }

    private static List<VisitorEvent> having(List<VisitorEvent> from, String property, String value) {
        return with(from, property, value::equals);
    }

    private static List<VisitorEvent> with(List<VisitorEvent> from, String property, Predicate<String> test) {
        return new ArrayList<>(from.stream()
                .filter(event -> event.values().containsKey(property)
                        && test.test(event.values().get(property)))
                .toList());
    }

    private static <T> List<T> newest(List<T> from, int atMost) {
        return from.subList(Math.max(0, from.size() - atMost), from.size());
    }

    private static List<VisitorEvent> within(List<VisitorEvent> from, long now, long window) {
        return from.stream()
                .filter(event -> event.atMillis() > now - window && event.atMillis() <= now)
                .toList();
    }

    private static long sum(List<VisitorEvent> orders) {
        long sum = 0;
        for (var order : orders) {
            var cents = cents(order.values().get("total"));
            sum += cents == null ? 0 : cents;
        }
        return sum;
    }

    private static Map<String, Long> lastTimes(List<VisitorEvent> from, String property) {
        var times = new TreeMap<String, Long>();
        with(from, property, text -> true)
                .forEach(event -> times.merge(event.values().get(property), event.atMillis(), Math::max));
        return times;
    }

    private static long categoriesNow(List<VisitorEvent> views, long now) {
        var times = new ArrayList<>(lastTimes(views, "category").values());
        Collections.sort(times);
        return newest(times, LabPack.CATEGORIES_KEPT).stream()
                .filter(time -> time > now - HOUR)
                .count();
    }

    private static String favourite(List<VisitorEvent> views, long now) {
        var seen = with(views, "category", text -> true);
        seen.sort(Comparator.comparingLong(VisitorEvent::atMillis)
                .thenComparing(event -> event.values().get("category")));
        var visible = within(newest(seen, LabPack.FAVOURITES_KEPT), now, 2 * DAY);
        String best = null;
        for (var category : lastTimes(visible, "category").keySet()) {
            best = best == null || isMore(visible, category, best) ? category : best;
        }
        return best;
    }

    private static boolean isMore(List<VisitorEvent> seen, String category, String than) {
        int more = Integer.compare(
                having(seen, "category", category).size(),
                having(seen, "category", than).size());
        var last = lastTimes(seen, "category");
        return more > 0 || (more == 0 && last.get(category) > last.get(than));
    }

    /** The newest value; of several in one millisecond the greatest. */
    private static String last(List<VisitorEvent> from, String property) {
        return with(from, property, text -> true).stream()
                .max(Comparator.comparingLong(VisitorEvent::atMillis)
                        .thenComparing(event -> event.values().get(property)))
                .map(event -> event.values().get(property))
                .orElse(null);
    }

    private static String first(List<VisitorEvent> from, String property) {
        return with(from, property, text -> true).stream()
                .min(Comparator.comparingLong(VisitorEvent::atMillis)
                        .thenComparing(event -> event.values().get(property)))
                .map(event -> event.values().get(property))
                .orElse(null);
    }

    private static Long cents(String text) {
        return text == null || !text.matches("-?[0-9.]+")
                ? null
                : new BigDecimal(text)
                        .movePointRight(2)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    private static String yesNo(String text) {
        return text == null
                ? null
                : Map.of("yes", "yes", "true", "yes", "no", "no").get(text);
    }

    private static Long date(String text) {
        if (text == null || text.equals("spring")) {
            return null;
        }
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay(ROME).toInstant().toEpochMilli()
                : Instant.parse(text).toEpochMilli();
    }

    private static void put(Map<String, String> facts, String fact, Object value) {
        if (value != null) {
            facts.put(fact, value.toString());
        }
    }
}
