package io.tappa.engine.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tappa.engine.contact.FrequencyCap.Scope;
import io.tappa.engine.contact.Window.Calendar;
import io.tappa.engine.contact.Window.Calendar.Unit;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms;
import io.tappa.engine.offer.OfferTerms.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactPolicyTest {
    private static final Instant NOON = Instant.parse("2026-03-02T11:00:00Z");
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Duration WEEK = Duration.ofDays(7);

    private static Offer offer(String key, @Nullable String group, Kind kind) {
        var terms = new OfferTerms(null, kind, null, null, new TreeSet<>(), 0, null);
        return new Offer(key, 0, Long.MIN_VALUE, Long.MAX_VALUE, group, terms, new TreeMap<>());
    }

    private static Contact contact(Offer offer, String channel) {
        return new Contact(offer, channel, null);
    }

    private static Instant at(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();
    }

    @ParameterizedTest(name = "{0} in {1}: {2}, ends {3}")
    @CsvSource({
        "2026-03-02T20:59, Europe/Rome, false,",
        "2026-03-02T21:00, Europe/Rome, true, 2026-03-03T07:00:00Z",
        "2026-03-03T00:00, Europe/Rome, true, 2026-03-03T07:00:00Z",
        "2026-03-03T07:59, Europe/Rome, true, 2026-03-03T07:00:00Z",
        "2026-03-03T08:00, Europe/Rome, false,",
        "2026-03-28T23:00, Europe/Rome, true, 2026-03-29T06:00:00Z",
        "2026-10-24T23:00, Europe/Rome, true, 2026-10-25T07:00:00Z",
        "2026-03-02T21:00, Asia/Kolkata, true, 2026-03-03T02:30:00Z",
        "2026-03-07T22:00, America/New_York, true, 2026-03-08T12:00:00Z",
    })
    void quietHoursAreThoseOfTheVisitor(String local, String zone, boolean quiet, @Nullable String ends) {
        var hours = new QuietHours(new TreeSet<>(Set.of("push")), LocalTime.of(21, 0), LocalTime.of(8, 0));
        var now = at(local, zone);

        assertThat(hours.holds("push", now, ZoneId.of(zone))).isEqualTo(quiet);
        assertThat(hours.holds("site", now, ZoneId.of(zone))).isFalse();
        if (quiet) {
            assertThat(hours.ends(now, ZoneId.of(zone))).isEqualTo(Instant.parse(Objects.requireNonNull(ends)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Rome", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"})
    void quietHoursEndAtTheFirstMomentThatIsNotSilentThoughClocksAreChanged(String name) {
        var zone = ZoneId.of(name);
        var random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            var from = LocalTime.of(random.nextInt(24), random.nextInt(60));
            var to = LocalTime.of(random.nextInt(5), random.nextInt(60));
            if (from.equals(to)) {
                continue;
            }
            var hours = new QuietHours(new TreeSet<>(Set.of("push")), from, to);
            var now = NOON.plusSeconds(random.nextInt(300 * 86_400));
            if (!hours.holds("push", now, zone)) {
                continue;
            }
            var ends = hours.ends(now, zone);
            assertThat(ends).isAfter(now).isBefore(now.plus(Duration.ofHours(26)));
            assertThat(hours.holds("push", ends, zone))
                    .as("%s %s %s", hours, now, ends)
                    .isFalse();
            assertThat(hours.holds("push", ends.minusMillis(1), zone))
                    .as("%s %s %s", hours, now, ends)
                    .isTrue();
        }
    }

    @Test
    void quietHoursThatNeverEndAreRefused() {
        assertThatThrownBy(() -> new QuietHours(new TreeSet<>(), LocalTime.NOON, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void pressureNeverLapsesEarlyAndAtMostOneStretchLate(long seed) {
        var random = new Random(seed);
        var costs = new TreeMap<>(Map.of("email", 300L, "push", 200L, "site", 10L));
        var pressure = new Pressure(1_000, WEEK, costs);
        long stretch = WEEK.toMillis() / Pressure.STRETCHES;
        var spent = new ArrayList<Map.Entry<Instant, Long>>();
        var history = ContactHistory.EMPTY;
        var now = NOON;
        for (int contact = 0; contact < 400; contact++) {
            now = now.plusSeconds(random.nextInt(20_000));
            var channel = List.of("email", "push", "site", "till").get(random.nextInt(4));
            long exact = sum(spent, now.minus(WEEK));
            long late = sum(spent, now.minus(WEEK).minusMillis(stretch));
            assertThat(pressure.spent(history, now)).isBetween(exact, late);
            var allows = pressure.allowsAt(channel, history, now);
            assertThat(pressure.allows(channel, history, allows)).isTrue();
            if (allows.equals(now)) {
                history = pressure.count(channel, history, now);
                spent.add(Map.entry(now, pressure.cost(channel)));
            } else {
                assertThat(pressure.allows(channel, history, allows.minusMillis(1)))
                        .isFalse();
            }
            assertThat(history.spent()).hasSizeLessThanOrEqualTo(Pressure.STRETCHES + 1);
        }
    }

    private static long sum(List<Map.Entry<Instant, Long>> spent, Instant after) {
        return spent.stream()
                .filter(one -> one.getKey().isAfter(after))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Test
    void onlyOneOfAGroupIsGivenAndTheSameMayComeAgain() {
        var exclusion = new Exclusion("vouchers", Duration.ofDays(30));
        var policy = new ContactPolicy(List.of(), List.of(exclusion), null, null, WEEK);
        var five = offer("five", "vouchers", Kind.DEFAULT);
        var ten = offer("ten", "vouchers", Kind.DEFAULT);
        var other = offer("other", "banners", Kind.DEFAULT);

        var history = policy.count(contact(five, "site"), ContactHistory.EMPTY, NOON);

        assertThat(policy.excludes(contact(ten, "site"), history, NOON.plusSeconds(1)))
                .isEqualTo(exclusion);
        assertThat(policy.excludes(contact(five, "site"), history, NOON.plusSeconds(1)))
                .isNull();
        assertThat(policy.excludes(contact(other, "site"), history, NOON.plusSeconds(1)))
                .isNull();
        assertThat(policy.excludes(contact(offer("must", "vouchers", Kind.MANDATORY), "site"), history, NOON))
                .isNull();
        assertThat(policy.excludes(
                        contact(ten, "site"),
                        history,
                        NOON.plus(Duration.ofDays(30)).minusMillis(1)))
                .isEqualTo(exclusion);
        assertThat(policy.excludes(contact(ten, "site"), history, NOON.plus(Duration.ofDays(30))))
                .isNull();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"DEFAULT, all quiet pressure cap", "TRANSACTIONAL, cap", "MANDATORY, ''"})
    void whatIsExemptPassesAndStillCounts(Kind kind, String holding) {
        var offer = offer("order", null, kind);
        var own = new FrequencyCap(Scope.OFFER, "order", 1, new Window.Rolling(WEEK));
        var all = new FrequencyCap(Scope.ALL, "", 1, new Window.Rolling(WEEK));
        var quiet = new QuietHours(new TreeSet<>(Set.of("email")), LocalTime.of(11, 0), LocalTime.of(13, 0));
        var pressure = new Pressure(300, WEEK, new TreeMap<>(Map.of("email", 300L)));
        var wide = new ContactPolicy(List.of(all), List.of(), quiet, pressure, WEEK);
        var narrow = new ContactPolicy(List.of(own), List.of(), null, null, WEEK);

        var history = wide.count(contact(offer, "email"), ContactHistory.EMPTY, NOON);
        var counted = narrow.count(contact(offer, "email"), ContactHistory.EMPTY, NOON);

        var held = new ArrayList<String>();
        if (wide.forbids(contact(offer, "email"), history, NOON, ROME) != null) {
            held.add("all");
        }
        if (wide.silences(contact(offer, "email"), NOON, ROME) != null) {
            held.add("quiet");
        }
        if (wide.isTooMuch(contact(offer, "email"), history, NOON) != null) {
            held.add("pressure");
        }
        if (narrow.forbids(contact(offer, "email"), counted, NOON, ROME) != null) {
            held.add("cap");
        }
        assertThat(String.join(" ", held)).isEqualTo(holding);
        assertThat(wide.isTooMuch(contact(offer("advert", null, Kind.DEFAULT), "email"), history, NOON))
                .isEqualTo(pressure);
    }

    @Test
    void aCalendarDayIsThatOfTheVisitor() {
        var cap = new FrequencyCap(Scope.ALL, "", 1, new Calendar(Unit.DAY));
        var policy = new ContactPolicy(List.of(cap), List.of(), null, null, WEEK);
        var offer = offer("any", null, Kind.DEFAULT);
        var history = policy.count(contact(offer, "site"), ContactHistory.EMPTY, Instant.parse("2026-03-02T20:00:00Z"));
        var later = Instant.parse("2026-03-02T23:30:00Z");

        assertThat(policy.forbids(contact(offer, "site"), history, later, ROME)).isNull();
        assertThat(policy.forbids(contact(offer, "site"), history, later, ZoneId.of("America/New_York")))
                .isEqualTo(cap);
        assertThat(policy.allowsAt(contact(offer, "site"), history, later, ZoneId.of("America/New_York")))
                .isEqualTo(Instant.parse("2026-03-03T05:00:00Z"));
    }

    @Test
    void twoHistoriesBecomeOneWithNothingLost() {
        var policy = new ContactPolicy(
                List.of(new FrequencyCap(Scope.ALL, "", 5, new Window.Rolling(WEEK))),
                List.of(new Exclusion("g", WEEK)),
                null,
                new Pressure(1_000, WEEK, new TreeMap<>(Map.of("site", 100L))),
                WEEK);
        var left = policy.count(contact(offer("a", "g", Kind.DEFAULT), "site"), ContactHistory.EMPTY, NOON);
        var right = policy.count(
                contact(offer("b", "g", Kind.DEFAULT), "site"), ContactHistory.EMPTY, NOON.plusSeconds(60));

        var both = left.join(right);

        assertThat(both).isEqualTo(right.join(left));
        assertThat(both.timesBySlot().values())
                .allSatisfy(times -> assertThat(times).hasSize(2));
        assertThat(Objects.requireNonNull(policy.pressure()).spent(both, NOON.plusSeconds(61)))
                .isEqualTo(200);
        assertThat(policy.excludes(contact(offer("a", "g", Kind.DEFAULT), "site"), both, NOON.plusSeconds(61)))
                .isNotNull();
        assertThat(policy.excludes(contact(offer("b", "g", Kind.DEFAULT), "site"), both, NOON.plusSeconds(61)))
                .isNull();
    }
}
