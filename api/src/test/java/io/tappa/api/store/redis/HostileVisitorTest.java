package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.Lane.HandOver;
import io.tappa.engine.visitor.VisitorState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Somebody who sends the longest values from thousands of browsers, some of which go to others, takes no more and more room. */
class HostileVisitorTest {
    private static final long START = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final int EVENTS = 3_000;
    private static final int MOST_BYTES = 200_000;
    /** As long as values may be that are kept; each character takes three bytes. */
    private static final int VALUE = FactCatalog.LONGEST_VALUE;

    @Test
    void noTrafficMakesAVisitorLarge() throws IOException {
        var random = new Random(5);
        var pack = pack();
        var person = new Identity(IdKind.USER, text(random));
        var state = VisitorState.UNSEEN;
        int largest = 0;
        for (int i = 0; i < EVENTS; i++) {
            var browser = new Identity(IdKind.ANONYMOUS, i + text(random).substring(10));
            long at = START + i * 60_000L;
            var event = new VisitorEvent(
                    "m" + i,
                    Identities.of(browser.value(), person.value()),
                    name(random),
                    Instant.ofEpochMilli(at),
                    values(random));
            state = Transitions.apply(pack, state, List.of(event), at, Set.of()).state();
            if (i % 7 == 0) {
                var lane = state.lanes().get(browser);
                if (lane != null && lane.handedOver() == null) {
                    state = state.with(browser, lane.handOver(new HandOver(VisitorKey.of(browser), at)));
                }
            }
            largest = Math.max(largest, StateCodec.encode(state).length);
        }

        assertThat(largest).isLessThan(MOST_BYTES);
        assertThat(state.lanes()).hasSizeLessThanOrEqualTo(VisitorState.MOST_LANES);
        assertThat(state.events()).isEqualTo(EVENTS);
    }

    private static String name(Random random) {
        var names = List.of(
                "Product Viewed",
                "Product Added",
                "Cart Viewed",
                "Order Completed",
                "Products Searched",
                "Survey Answered",
                "Experiment Viewed",
                "Identified",
                "Consent Given",
                "Product Added to Wishlist",
                "Coupon Applied");
        return names.get(random.nextInt(names.size()));
    }

    private static SortedMap<String, String> values(Random random) {
        var values = new TreeMap<String, String>();
        for (var name : List.of(
                "product_id",
                "category",
                "order_id",
                "total",
                "price",
                "kind",
                "score",
                "shop",
                "touchpoint",
                "experiment_id",
                "variation_name",
                "traits.address.country",
                "traits.loyaltyCardSince",
                "context.source",
                "context.campaign.source",
                "code")) {
            values.put(name, text(random));
        }
        for (int i = 0; i < 60; i++) {
            values.put("products." + i + ".product_id", text(random));
            values.put("products." + i + ".price", "1" + i);
        }
        return values;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        while (text.length() < VALUE) {
            text.append(Character.toString(0x4e00 + random.nextInt(20_000)));
        }
        return text.toString();
    }

    private static PackSnapshot pack() throws IOException {
        var files =
                new TreeMap<>(PackFiles.inFolder(Path.of("..", "rules", "shop")).contents());
        files.computeIfPresent(
                "pack.yaml",
                (name, text) -> text.replace("personalization_storage: session", "personalization_storage: granted"));
        return Objects.requireNonNull(PackReader.read(new PackFiles(files)).snapshot());
    }
}
