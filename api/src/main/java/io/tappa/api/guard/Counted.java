package io.tappa.api.guard;

import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.DisplayCounts.Counter;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What was counted up to a moment: in the last 24 hours, and in the hours of the same name on the days before.
 *
 * @param nowMillis that moment, in milliseconds since 1970
 * @param byHour the counters, by hour since 1970
 */
record Counted(long nowMillis, Map<Long, Map<Counter, Long>> byHour) {
    static final int HOURS_OF_DAY = 24;
    /** How far back the forecast looks. */
    static final int DAYS = 7;

    private static final int AT_ONCE = 8;

    Counted {
        byHour = Collections.unmodifiableMap(new HashMap<>(byHour));
    }

    /** Reads it. One round trip for each hour. */
    static Mono<Counted> upTo(long nowMillis, DisplayCounts counts) {
        long hour = DisplayCounts.hour(nowMillis);
        var hours = LongStream.concat(
                        LongStream.range(0, HOURS_OF_DAY),
                        LongStream.rangeClosed(1, DAYS).map(day -> day * HOURS_OF_DAY))
                .mapToObj(back -> hour - back);
        return Flux.fromStream(hours)
                .flatMap(one -> counts.of(one).map(of -> Map.entry(one, of)), AT_ONCE)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(byHour -> new Counted(nowMillis, byHour));
    }

    /** The present hour. */
    long hour() {
        return DisplayCounts.hour(nowMillis);
    }

    /** How many of {@code what} there were in the hour so many hours before the present one. */
    long hoursAgo(int hours, Predicate<Counter> what) {
        return byHour.getOrDefault(hour() - hours, Map.of()).entrySet().stream()
                .filter(count -> what.test(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many of {@code what} there were in the last so many hours, the present one among them. */
    long inLast(int hours, Predicate<Counter> what) {
        long sum = 0;
        for (int ago = 0; ago < hours; ago++) {
            sum += hoursAgo(ago, what);
        }
        return sum;
    }
}
