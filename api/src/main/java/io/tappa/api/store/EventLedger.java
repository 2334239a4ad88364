package io.tappa.api.store;

import java.util.List;
import java.util.SortedMap;
import reactor.core.publisher.Mono;

/** What is told of events apart from visitors: how they are called, and which were refused. Bounded on every side. */
public interface EventLedger {
    /** Names of events that are kept; events of further names are counted together. */
    int MOST_NAMES = 1_000;

    /** Under which name the events beyond {@link #MOST_NAMES} names are counted; no event is called so. */
    String OTHER_NAMES = "";

    /**
     * How often events of one name came.
     *
     * @param count how often
     * @param lastMillis when the last one came, to a few seconds
     */
    record NameSeen(long count, long lastMillis) {}

    /**
     * Events that were refused for the same reason.
     *
     * @param keyId the key they came with
     * @param code the reason
     * @param count how many
     * @param lastMillis when the last one came
     * @param example the last one
     */
    record RefusedEvents(String keyId, String code, long count, long lastMillis, Example example) {
        /**
         * One refusal, without anything that could tell of whom.
         *
         * @param pointer where it was wrong
         * @param what what was wrong, without the value
         * @param cure how to mend it
         */
        public record Example(String pointer, String what, String cure) {
            public Example {
                pointer = Excerpt.of(pointer);
                what = Excerpt.of(Discreet.of(what, pointer));
                cure = Excerpt.of(cure);
            }
        }

        /** These and {@code other} ones of the same key and reason. */
        public RefusedEvents plus(RefusedEvents other) {
            var newer = other.lastMillis >= lastMillis ? other : this;
            return new RefusedEvents(keyId, code, count + other.count, newer.lastMillis, newer.example);
        }
    }

    /** Adds to the counts of names. One round trip. */
    Mono<Void> countNames(SortedMap<String, Long> counts, long nowMillis);

    /** All names ever counted. One round trip. */
    Mono<SortedMap<String, NameSeen>> names();

    /** Adds refusals to those of their hour. */
    Mono<Void> noteRefusals(List<RefusedEvents> refused);

    /** The refusals of the last 48 hours, one for each key and reason, the latest first. */
    Mono<List<RefusedEvents>> refusals(long nowMillis);
}
