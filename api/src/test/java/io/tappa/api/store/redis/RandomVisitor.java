package io.tappa.api.store.redis;

import io.tappa.engine.contact.Contact;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What somebody does in the sample shop, drawn from a seed. */
final class RandomVisitor {
    static final PackSnapshot PACK = pack();

    private static final long NOW = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final List<String> NAMES = List.of(
            "Product Viewed",
            "Product Viewed",
            "Product Viewed",
            "Product Added",
            "Product Removed",
            "Order Completed",
            "Products Searched",
            "Survey Answered",
            "Checkout Started",
            VisitorEvent.PAGE_VIEWED,
            VisitorEvent.IDENTIFIED);
    private static final List<String> PLAIN = List.of("shoes", "bags", "outdoor", "p-1", "p-2", "nps", "IT");
    private static final List<String> ODD =
            List.of("", "shoes", "1e999", "-3", "NaN", "\u0000", "🛒", "DEADBEEF", "deadbeef", "yes", "  ");
    private static final List<String> PATHS = List.of(
            "product_id",
            "category",
            "price",
            "quantity",
            "order_id",
            "total",
            "kind",
            "score",
            "traits.address.country",
            "traits.newsletter",
            "traits.loyaltyCardSince");

    private final Random random;
    private final String run;
    private long at = NOW;
    private int count;

    RandomVisitor(Random random) {
        this.random = random;
        this.run = new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Events of every kind, some sent twice or late, with values nobody expects. */
    List<VisitorEvent> events(int howMany) {
        var events = new ArrayList<VisitorEvent>();
        for (int i = 0; i < howMany; i++) {
            at += random.nextInt(3) == 0 ? random.nextInt(7_200_000) : random.nextInt(60_000);
            long late = random.nextInt(10) == 0 ? random.nextInt(100_000_000) : 0;
            events.add(event(messageId(), at - late, ODD));
            if (random.nextInt(20) == 0) {
                events.add(events.get(random.nextInt(events.size())));
            }
        }
        return events;
    }

    /** An ordinary visitor under one id, events a minute or so apart. */
    List<VisitorEvent> shopping(int howMany) {
        var events = new ArrayList<VisitorEvent>();
        for (int i = 0; i < howMany; i++) {
            at += random.nextInt(180_000);
            events.add(event(new UUID(random.nextLong(), random.nextLong()).toString(), at, PLAIN));
        }
        return events;
    }

    private VisitorEvent event(String messageId, long millis, List<String> words) {
        var values = new TreeMap<String, String>();
        for (var path : PATHS) {
            if (random.nextInt(3) > 0) {
                values.put(path, one(words));
            }
        }
        values.put("price", Integer.toString(random.nextInt(200)));
        values.put("quantity", Integer.toString(random.nextInt(3)));
        var ids = words.equals(PLAIN) ? Identities.of(run, null) : ids();
        return new VisitorEvent(messageId, ids, one(NAMES), Instant.ofEpochMilli(millis), values);
    }

    private Identities ids() {
        return switch (random.nextInt(4)) {
            case 0 -> Identities.of(null, "user " + run);
            case 1 -> Identities.of("second-" + run, "user " + run);
            default -> Identities.of(run, null);
        };
    }

    private String messageId() {
        count++;
        return switch (random.nextInt(4)) {
            case 0 -> new UUID(random.nextLong(), random.nextLong()).toString();
            case 1 -> "%040x".formatted(count);
            case 2 -> "ajs-next-" + count;
            default -> "MIXED-Case-" + count;
        };
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    /** The state after {@code events}. */
    VisitorState after(VisitorState state, List<VisitorEvent> events) {
        return transition(state, events).state();
    }

    Transition transition(VisitorState state, List<VisitorEvent> events) {
        return Transitions.apply(PACK, state, events, at, Set.of());
    }

    /** The state of somebody who was shown every capped offer. */
    VisitorState shown(VisitorState state) {
        var contacts = state.memory().contacts();
        for (var offer : List.of("newsletter-signup", "voucher-10", "voucher-5")) {
            contacts = PACK.policy()
                    .count(
                            new Contact(Objects.requireNonNull(PACK.offers().find(offer)), "site", null),
                            contacts,
                            Instant.ofEpochMilli(at));
        }
        return state.with(state.memory().with(contacts));
    }

    private static PackSnapshot pack() {
        try {
            return Objects.requireNonNull(PackReader.read(PackFiles.inFolder(Path.of("..", "rules", "shop")))
                    .snapshot());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
