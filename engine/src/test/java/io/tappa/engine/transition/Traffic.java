package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.visitor.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What one visitor does under two ids, from a seed: ties in time are common, and so are values nobody can read. */
final class Traffic {
    /** The one order of events, said once more and independently of the engine. */
    static final Comparator<VisitorEvent> ORDER =
            Comparator.comparingLong(VisitorEvent::atMillis).thenComparing(VisitorEvent::messageId);

    private static final long START = Instant.parse("2026-03-28T20:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    /** Pauses between two events: mostly none; rarely so long that every window forgets. The hasty make only short ones. */
    private static final List<Long> PAUSES = List.of(
            0L,
            0L,
            0L,
            0L,
            1L,
            1L,
            999L,
            MINUTE,
            2 * MINUTE,
            5 * MINUTE,
            5 * MINUTE,
            11 * MINUTE,
            29 * MINUTE,
            60 * MINUTE,
            60 * MINUTE + 1,
            3 * 60 * MINUTE,
            24 * 60 * MINUTE,
            50 * 60 * MINUTE);

    private static final int SHORT_PAUSES = 8;

    private final Random random;

    Traffic(Random random) {
        this.random = random;
    }

    /** Events in their one order. */
    List<VisitorEvent> sorted() {
        var events = new ArrayList<VisitorEvent>();
        long at = START;
        int count = 5 + random.nextInt(40);
        boolean hasty = random.nextInt(3) == 0;
        for (int i = 0; i < count; i++) {
            at += one(hasty ? PAUSES.subList(0, SHORT_PAUSES) : PAUSES);
            events.add(event("m" + random.nextInt(1_000) + "-" + i, at));
        }
        events.sort(ORDER);
        return events;
    }

    private VisitorEvent event(String messageId, long at) {
        var ids = one(List.of(
                Identities.of("browser", null), Identities.of(null, "person"), Identities.of("browser", "person")));
        var values = new TreeMap<String, String>();
        var name = one(List.of(
                "Product Viewed",
                "Product Viewed",
                "Product Viewed",
                "Product Added",
                "Product Added",
                "Product Removed",
                "Order Completed",
                "Order Completed",
                "Survey Answered",
                "Identified",
                "Page Viewed",
                "Experiment Viewed",
                "Something Else"));
        switch (name) {
            case "Product Viewed" -> {
                put(values, "category", "shoes", "shoes", "hats", "bags", "");
                put(values, "price", "10", "12.345", "12.355", "much", "");
            }
            case "Product Added", "Product Removed" -> {
                put(values, "product_id", "p1", "p1", "p2", "");
                put(values, "quantity", "1", "2", "3", "many", "");
                put(values, "price", "9.99", "20", "30", "35.005", "");
            }
            case "Order Completed" -> {
                put(values, "order_id", "o1", "o2", "o3", "");
                put(values, "total", "49.99", "60", "-10", "free", "");
            }
            case "Survey Answered" -> {
                put(values, "kind", "nps", "nps", "csat");
                put(values, "score", "10", "9", "3");
            }
            case "Experiment Viewed" -> {
                put(values, "experiment_id", "hero", "hero", "other", "");
                put(values, "variation_name", "A", "B", "");
                put(values, "variation_id", "17", "");
            }
            case "Identified" -> {
                put(values, "traits.card", "yes", "true", "no", "perhaps", "");
                put(values, "traits.address.country", "IT", "DE", "");
                put(values, "traits.birthday", "1990-03-25", "1990-03-25T01:00:00Z", "spring");
            }
            default -> values.put("path", "/");
        }
        return new VisitorEvent(messageId, ids, name, Instant.ofEpochMilli(at), values);
    }

    private void put(Map<String, String> values, String key, String... choices) {
        var choice = one(List.of(choices));
        if (!choice.isEmpty()) {
            values.put(key, choice);
        }
    }

    /**
     * The events in another order of arrival, as wild as it may be without any of them being late: nothing overtakes an
     * event that is more than an hour or {@value Window#MOST_RECENT} events behind.
     */
    List<VisitorEvent> shuffled(List<VisitorEvent> sorted) {
        var waiting = new ArrayList<>(sorted);
        var arrived = new ArrayList<VisitorEvent>();
        int reach = one(List.of(2, 3, 5, Window.MOST_RECENT));
        int overtaken = 0;
        while (!waiting.isEmpty()) {
            var oldest = waiting.get(0);
            int choices = 1;
            if (overtaken < Window.MOST_RECENT) {
                while (choices < Math.min(reach, waiting.size())
                        && waiting.get(choices).atMillis() <= oldest.atMillis() + Window.RECENT_MILLIS) {
                    choices++;
                }
            }
            arrived.add(waiting.remove(random.nextInt(choices)));
            var next = waiting.isEmpty() ? null : waiting.get(0);
            overtaken = 0;
            for (var event : arrived) {
                overtaken += next != null && ORDER.compare(event, next) > 0 ? 1 : 0;
            }
        }
        return arrived;
    }

    /** Takes events out of {@code sorted} that are late once all the others have arrived: some of them only just. */
    List<VisitorEvent> late(List<VisitorEvent> sorted) {
        long newest = sorted.get(sorted.size() - 1).atMillis();
        var late = new ArrayList<VisitorEvent>();
        int newer = 0;
        for (int i = sorted.size() - 1; i >= 0; i--) {
            var event = sorted.get(i);
            boolean isLate = event.atMillis() < newest - Window.RECENT_MILLIS || newer > Window.MOST_RECENT;
            if (isLate && random.nextInt(3) == 0) {
                late.add(sorted.remove(i));
            } else {
                newer++;
            }
        }
        return late;
    }

    /** The same events with some of them sent again, at once or later. */
    List<VisitorEvent> repeated(List<VisitorEvent> arriving) {
        var repeated = new ArrayList<VisitorEvent>();
        for (var event : arriving) {
            repeated.add(event);
            while (random.nextInt(3) == 0) {
                repeated.add(one(repeated));
            }
        }
        return repeated;
    }

    /** The same events cut into batches of 1 to 7. */
    List<List<VisitorEvent>> batches(List<VisitorEvent> arriving) {
        var batches = new ArrayList<List<VisitorEvent>>();
        for (int from = 0; from < arriving.size(); ) {
            int to = Math.min(arriving.size(), from + 1 + random.nextInt(7));
            batches.add(arriving.subList(from, to));
            from = to;
        }
        return batches;
    }

    /** Moments at and after the newest event, many of them where some window just forgets an event. */
    List<Long> moments(List<VisitorEvent> sorted) {
        long newest = sorted.get(sorted.size() - 1).atMillis();
        var moments = new ArrayList<Long>(List.of(newest, newest + 1, newest + random.nextInt(10 * 60) * MINUTE));
        long forgets = one(sorted).atMillis() + one(List.of(60, 24 * 60, 48 * 60, 7 * 24 * 60)) * MINUTE;
        moments.add(Math.max(newest, forgets - 1));
        moments.add(Math.max(newest, forgets));
        return moments;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
