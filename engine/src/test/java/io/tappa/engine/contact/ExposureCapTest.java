package io.tappa.engine.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.contact.FrequencyCap.Scope;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms;
import io.tappa.engine.offer.OfferTerms.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cap on what was seen: a decision counts for a quarter of an hour, an exposure for the whole window. */
class ExposureCapTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Instant NOON = Instant.parse("2026-03-02T11:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final FrequencyCap ONE =
            new FrequencyCap(Scope.OFFER, "voucher", 1, new Window.Rolling(WEEK)).ofExposures();
    private static final ContactPolicy POLICY = policy(ONE);

    private static ContactPolicy policy(FrequencyCap cap) {
        return new ContactPolicy(List.of(cap), List.of(), null, null, WEEK);
    }

    private static Contact contact(String offer) {
        return new Contact(
                new Offer(
                        offer,
                        0,
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        null,
                        new OfferTerms(null, Kind.DEFAULT, null, null, new TreeSet<>(), 0, null),
                        new TreeMap<>()),
                "site",
                null);
    }

    private static final Contact VOUCHER = contact("voucher");

    private static boolean allows(ContactHistory history, Instant at) {
        return POLICY.forbids(VOUCHER, history, at, ROME) == null;
    }

    @Test
    void whatNobodySawIsFreeAgainAfterAQuarterOfAnHour() {
        var decided = POLICY.count(VOUCHER, ContactHistory.EMPTY, NOON);

        var frees = POLICY.allowsAt(VOUCHER, decided, NOON, ROME);

        assertThat(frees).isBetween(NOON.plusSeconds(15 * 60 - 2), NOON.plusSeconds(15 * 60));
        assertThat(allows(decided, NOON)).isFalse();
        assertThat(allows(decided, frees.minusMillis(1))).isFalse();
        assertThat(allows(decided, frees)).isTrue();
    }

    @Test
    void whatWasSeenCountsFromThenOn() {
        var decided = POLICY.count(VOUCHER, ContactHistory.EMPTY, NOON);
        var seenAt = NOON.plusSeconds(40);

        var seen = POLICY.exposed(VOUCHER, decided, NOON.toEpochMilli(), seenAt.toEpochMilli());

        assertThat(POLICY.allowsAt(VOUCHER, seen, seenAt, ROME)).isEqualTo(seenAt.plus(WEEK));
        assertThat(allows(seen, seenAt.plus(WEEK).minusMillis(1))).isFalse();
        assertThat(allows(seen, seenAt.plus(WEEK))).isTrue();
    }

    @Test
    void aDecisionCountsOnceHoweverOftenItIsSeen() {
        var twice = new FrequencyCap(Scope.OFFER, "voucher", 2, new Window.Rolling(WEEK)).ofExposures();
        var policy = policy(twice);
        var history = policy.count(VOUCHER, ContactHistory.EMPTY, NOON);
        for (int glance = 1; glance <= 5; glance++) {
            history = policy.exposed(VOUCHER, history, NOON.toEpochMilli(), NOON.toEpochMilli() + glance * 1_000L);
        }

        assertThat(twice.counted(history, NOON.plusSeconds(10), ROME)).isEqualTo(1);
    }

    @Test
    void whatIsSeenLateCountsThenAndOnce() {
        var decided = POLICY.count(VOUCHER, ContactHistory.EMPTY, NOON);
        var opened = NOON.plus(Duration.ofDays(2));

        var seen = POLICY.exposed(VOUCHER, decided, NOON.toEpochMilli(), opened.toEpochMilli());
        var again = POLICY.exposed(VOUCHER, seen, NOON.toEpochMilli(), opened.toEpochMilli() + 60_000);

        assertThat(allows(decided, opened)).isTrue();
        assertThat(allows(seen, opened)).isFalse();
        assertThat(again).isEqualTo(seen);
    }

    @Test
    void aSightThatNamesNoDecisionIsThatOfTheNewest() {
        var decided = POLICY.count(VOUCHER, ContactHistory.EMPTY, NOON);

        var seen = POLICY.exposed(VOUCHER, decided, null, NOON.toEpochMilli() + 3_000);

        assertThat(seen).isEqualTo(POLICY.exposed(VOUCHER, decided, NOON.toEpochMilli(), NOON.toEpochMilli() + 3_000));
    }

    @Test
    void offersOfOneDecisionAreToldApart() {
        var site = new FrequencyCap(Scope.CHANNEL, "site", 3, new Window.Rolling(WEEK)).ofExposures();
        var policy = policy(site);
        var history = policy.count(VOUCHER, ContactHistory.EMPTY, NOON);
        history = policy.count(contact("story"), history, NOON);
        history = policy.exposed(VOUCHER, history, NOON.toEpochMilli(), NOON.toEpochMilli() + 1);
        history = policy.exposed(VOUCHER, history, NOON.toEpochMilli(), NOON.toEpochMilli() + 2);

        assertThat(site.counted(history, NOON.plus(Duration.ofHours(1)), ROME)).isEqualTo(1);

        history = policy.exposed(contact("story"), history, NOON.toEpochMilli(), NOON.toEpochMilli() + 3);

        assertThat(site.counted(history, NOON.plus(Duration.ofHours(1)), ROME)).isEqualTo(2);
    }

    @Test
    void aCapOnDecisionsDoesNotCareWhatWasSeen() {
        var policy = policy(new FrequencyCap(Scope.OFFER, "voucher", 1, new Window.Rolling(WEEK)));
        var decided = policy.count(VOUCHER, ContactHistory.EMPTY, NOON);

        assertThat(policy.exposed(VOUCHER, decided, NOON.toEpochMilli(), NOON.toEpochMilli() + 1))
                .isEqualTo(decided);
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** A decision of the naive model: when it was made, and when it was seen first. */
    private static final class Made {
        private final long atMillis;
        private @Nullable Long seenMillis;

        Made(long atMillis) {
            this.atMillis = atMillis;
        }
    }

    /** Decisions a second apart and more, some of them seen, some again and again, some after a day. */
    @ParameterizedTest
    @MethodSource("seeds")
    void countsWhatANaiveListCounts(int seed) {
        var random = new Random(seed);
        int times = 1 + random.nextInt(4);
        var window = Duration.ofHours(1 + random.nextInt(48));
        var cap = new FrequencyCap(Scope.OFFER, "voucher", times, new Window.Rolling(window)).ofExposures();
        var policy = policy(cap);
        var history = ContactHistory.EMPTY;
        var made = new ArrayList<Made>();
        long now = NOON.toEpochMilli() / 1_024 * 1_024;
        for (int step = 0; step < 120; step++) {
            now += 1_024L * (1 + random.nextInt(random.nextBoolean() ? 600 : 20_000));
            var moment = Instant.ofEpochMilli(now);
            if (!made.isEmpty() && random.nextInt(3) == 0) {
                var one = made.get(Math.max(0, made.size() - 1 - random.nextInt(3)));
                history = policy.exposed(VOUCHER, history, one.atMillis, now);
                one.seenMillis = one.seenMillis == null ? Long.valueOf(now) : one.seenMillis;
            }
            int naive = naive(made, now, window);
            // Seen late, more may count than are allowed; how many more is not remembered.
            assertThat(Math.min(cap.counted(history, moment, ROME), times)).isEqualTo(Math.min(naive, times));
            if (policy.forbids(VOUCHER, history, moment, ROME) == null) {
                history = policy.count(VOUCHER, history, moment);
                made.add(new Made(now));
            }
        }
        assertThat(new TreeSet<>(history.timesBySlot().keySet())).hasSizeLessThanOrEqualTo(3);
    }

    private static int naive(List<Made> made, long now, Duration window) {
        int counted = 0;
        for (var one : made) {
            var seen = one.seenMillis;
            long start = now - window.toMillis();
            boolean counts = seen != null
                    ? seen > start
                    : one.atMillis > start && one.atMillis + FrequencyCap.UNSEEN.toMillis() > now;
            counted += counts ? 1 : 0;
        }
        return counted;
    }
}
